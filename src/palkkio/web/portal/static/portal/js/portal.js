// What only the portal's pages need. Licence: EUPL-1.2.
// After a save that met another's save, the choice between the two versions comes into view and takes the focus.
document.addEventListener("htmx:afterSettle", () => {
  document.querySelector("#conflict [data-focus]")?.focus();
});
