// The queue's detail beside the table: fetched into its place, so that focus and scroll stay. Licence: EUPL-1.2.
// Without this file, and where there is no room beside the table, the link opens the page with the detail.
const WIDE = matchMedia("(min-width: 78rem)");

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("#review .queue tbody a");
  if (!link || !WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const detail = document.getElementById("queue-detail");
  if (!detail) return;
  event.preventDefault();
  let page;
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.assign(link.href);
    return;
  }
  const fresh = page.getElementById("queue-detail");
  if (!fresh) { location.assign(link.href); return; }
  document.getElementById("queue-detail").replaceWith(fresh);
  for (const row of document.querySelectorAll("#review tr[data-current]")) {
    row.removeAttribute("data-current");
    row.querySelector("[aria-current]")?.removeAttribute("aria-current");
  }
  link.closest("tr").setAttribute("data-current", "");
  link.setAttribute("aria-current", "true");
  history.replaceState(null, "", link.href);
  const live = document.getElementById("live");
  if (live) live.textContent = fresh.querySelector("h2")?.textContent ?? "";
});
