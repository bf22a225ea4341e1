// What every page needs: focus on the error summary, the live region, menus that send themselves, show a password.
// Licence: EUPL-1.2. Words come from the page; nothing here is needed to use it.

// Says `text` through the page's one live region; it stays in the page when parts are swapped, so it is heard.
export function announce(text) {
  const live = document.getElementById("live");
  if (!live || !text) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 100);
}

// "{n} days" with its number.
export const worded = (text, n) => (text ?? "").replace("{n}", n).replace("%(n)s", n);

function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}

document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.elt));

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form && event.target.matches("select")) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-show]");
  if (!button) return;
  const input = document.getElementById(button.dataset.show);
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
});
