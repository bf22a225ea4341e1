// <palkkio-calendar>: makes a month of checkboxes quick to fill in, by hand, by touch and by keyboard alone.
// Licence: EUPL-1.2. Without this file the same form works: tick days, choose a kind, save.
//
// Keys on a day: arrows move (the calendar is one tab stop), Home and End go to the ends of the week, PageUp and
// PageDown to the ends of the month, space picks, Shift and an arrow picks a stretch, Enter opens the panel, Esc closes
// it. All words are in data-say-* and in the page. The answer to the form swaps this element whole; where one was is
// remembered here by the element's id.
import { announce, worded } from "./page.js";

const left = new Map();
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

class PalkkioCalendar extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.boxes = [...this.querySelectorAll(".day__box")];
    this.byDay = new Map(this.boxes.map((box) => [this.number(box), box]));
    this.panel = this.querySelector(".panel");
    this.multi = this.querySelector("[data-do=multi]");
    this.telling = this.querySelector("[data-tell]");
    if (!this.panel || !this.boxes.length) return this.arrive();
    this.addEventListener("click", (e) => this.onClick(e));
    this.addEventListener("change", (e) => this.onChange(e));
    this.addEventListener("keydown", (e) => this.onKey(e));
    // Some browsers tick a checkbox when space comes up again.
    this.addEventListener("keyup", (e) => { if (e.key === " " && e.target.matches(".day__box")) e.preventDefault(); });
    this.addEventListener("submit", (e) => { this.submitter = e.submitter; });
    this.addEventListener("htmx:beforeRequest", () => this.leave());
    this.addEventListener("htmx:beforeSwap", (e) => this.check(e));
    this.addEventListener("htmx:sendError", () => this.failed(this.dataset.sayLost));
    this.addEventListener("htmx:timeout", () => this.failed(this.dataset.sayLost));
    this.addEventListener("htmx:responseError", (e) => this.failed(this.reason(e.detail.xhr.status)));
    if (this.picked.length > 1) this.many(true);
    this.stopAt(this.picked[0] ?? this.today ?? this.boxes[0]);
    if (this.hasAttribute("data-open")) this.refused(); else this.arrive();
    this.count();
  }

  disconnectedCallback() { removeEventListener("beforeunload", this.guard); }

  get picked() { return this.boxes.filter((box) => box.checked); }
  get today() { return this.querySelector(".day[data-today] .day__box"); }
  get isMany() { return this.multi.getAttribute("aria-pressed") === "true"; }
  number(box) { return Number(box.value.slice(-2)); }

  // Coming back after a swap -------------------------------------------------------------------------------------

  leave() {
    const field = document.activeElement;
    left.set(this.id, { day: (this.from ?? this.picked[0])?.value, had: this.contains(field) || field === document.body });
  }

  arrive() {
    const was = left.get(this.id);
    if (!was) return;
    left.delete(this.id);
    const box = this.boxes.find((each) => each.value === was.day);
    if (box) this.stopAt(box);
    if (was.had) this.show(box ?? this.boxes[0]);
    announce(this.querySelector("[data-said] span")?.textContent);
  }

  // The server refused: the panel is open with its reasons, all that was picked and typed still there.
  refused() {
    left.delete(this.id);
    this.from = this.picked[0];
    this.name();
    const wrong = this.querySelector(".is-invalid");
    const reason = this.querySelector(".hds-text-input__error-text, .panel [role=alert]");
    (wrong?.querySelector("input:checked, input, textarea") ?? this.panel.querySelector("input"))?.focus();
    announce(reason?.textContent.trim());
  }

  // Losing nothing (CARE-13) --------------------------------------------------------------------------------------

  // An answer that is not this calendar, such as a sign-in page, must not take its place.
  check(event) {
    if (event.detail.shouldSwap && !event.detail.serverResponse.includes("<palkkio-calendar")) {
      event.detail.shouldSwap = false;
      this.failed(this.dataset.sayExpired);
    }
  }

  reason(status) { return [401, 403].includes(status) ? this.dataset.sayExpired : this.dataset.sayFailed; }

  failed(text) {
    left.delete(this.id);
    const lost = this.querySelector("[data-lost]");
    lost.querySelector("[data-lost-text]").textContent = text;
    lost.hidden = false;
    this.setAttribute("data-open", "");
    lost.querySelector("button").focus();
    this.guard ??= (event) => event.preventDefault();
    addEventListener("beforeunload", this.guard);
  }

  retry() {
    this.querySelector("[data-lost]").hidden = true;
    const again = this.submitter;
    const form = again?.form ?? this.form;
    form.requestSubmit(again?.isConnected ? again : undefined);
  }

  // Picking -------------------------------------------------------------------------------------------------------

  onChange(event) {
    if (!event.target.matches(".day__box")) return;
    this.stopAt(event.target);
    if (this.isMany) return this.tell();
    for (const other of this.boxes) if (other !== event.target) other.checked = false;
    if (event.target.checked) this.open(event.target); else this.close();
  }

  onClick(event) {
    const what = event.target.closest("[data-do]")?.dataset.do;
    const todo = {
      all: () => this.choose(() => true),
      workdays: () => this.choose((box) => box.hasAttribute("data-workday")),
      multi: () => this.toggleMany(),
      none: () => { this.many(false); this.choose(() => false); },
      edit: () => (this.picked.length ? this.open(this.picked[0]) : this.pickFirst()),
      close: () => this.close(),
      retry: () => this.retry(),
    };
    todo[what]?.();
  }

  pickFirst() {
    this.tell(this.dataset.sayPickFirst);
    this.boxes.find((box) => box.tabIndex === 0)?.focus();
  }

  many(on) { this.multi.setAttribute("aria-pressed", String(on)); }

  toggleMany() {
    this.many(!this.isMany);
    if (!this.isMany) for (const box of this.picked.slice(1)) box.checked = false;
    this.close(false);
    this.tell(this.isMany ? this.dataset.sayMultiOn : this.dataset.sayMultiOff);
  }

  choose(wanted) {
    this.close(false);
    for (const box of this.boxes) box.checked = wanted(box);
    if (this.picked.length > 1) this.many(true);
    this.tell();
  }

  // From the day where Shift went down to `box`.
  stretch(box) {
    const [low, high] = [this.number(this.anchor), this.number(box)].sort((a, b) => a - b);
    for (const each of this.boxes) each.checked = this.number(each) >= low && this.number(each) <= high;
    this.many(true);
    this.tell();
  }

  toggle(box) {
    box.checked = !box.checked;
    if (this.picked.length > 1) this.many(true);
    this.tell();
  }

  // Keys ----------------------------------------------------------------------------------------------------------

  onKey(event) {
    if (event.key === "Escape" && this.hasAttribute("data-open")) { event.preventDefault(); return this.close(); }
    const box = event.target;
    if (!box.matches(".day__box") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") { event.preventDefault(); this.anchor = box; return this.toggle(box); }
    if (event.key === "Enter") { event.preventDefault(); return this.enter(box); }
    const next = this.next(box, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (!next) return;
    if (event.shiftKey) this.anchor ??= box; else this.anchor = null;
    this.stopAt(next);
    next.focus();
    if (event.shiftKey) this.stretch(next);
  }

  enter(box) {
    if (!box.checked) {
      if (!this.isMany) for (const other of this.boxes) other.checked = false;
      box.checked = true;
    }
    this.open(box);
  }

  // The box that a key leads to; null when there is none that way, undefined for another key.
  next(box, key) {
    if (key === "PageUp") return this.boxes[0];
    if (key === "PageDown") return this.boxes.at(-1);
    const row = this.boxes.filter((each) => each.closest("tr") === box.closest("tr"));
    if (key === "Home") return row[0];
    if (key === "End") return row.at(-1);
    const step = STEPS[key];
    if (!step) return undefined;
    for (let day = this.number(box) + step; day >= 1 && day <= 31; day += step) {
      if (this.byDay.has(day)) return this.byDay.get(day);
    }
    return null;
  }

  // Focus on a day; the page moves only when the day is out of sight or behind what was said (WCAG 2.4.11).
  show(box) {
    if (!box) return;
    box.focus({ preventScroll: true });
    const { top, bottom } = box.closest(".day").getBoundingClientRect();
    const cover = this.querySelector("[data-said]")?.getBoundingClientRect().bottom ?? 0;
    if (top < Math.max(0, cover) || bottom > innerHeight) box.closest(".day").scrollIntoView({ block: "center" });
  }

  // The one day that Tab stops at.
  stopAt(box) { for (const each of this.boxes) each.tabIndex = each === box ? 0 : -1; }

  // The panel -----------------------------------------------------------------------------------------------------

  open(from) {
    this.from = from;
    this.name();
    const radios = [...this.panel.querySelectorAll("input[name=type]")];
    const kinds = new Set(this.picked.map((box) => box.dataset.kind ?? ""));
    for (const radio of radios) radio.checked = kinds.size === 1 && kinds.has(radio.value);
    this.setAttribute("data-open", "");
    (radios.find((radio) => radio.checked) ?? radios[0])?.focus({ preventScroll: true });
    if (matchMedia("(max-width: 61.99rem)").matches) from.closest(".day").scrollIntoView({ block: "center" });
  }

  // The heading: "ma 4.5., ti 5.5." or "12 days"; and the question about days that have an entry.
  name() {
    const picked = this.picked;
    const names = picked.map((box) => box.dataset.says);
    this.panel.querySelector("[data-title]").textContent = names.length < 4 ? names.join(", ") : worded(this.dataset.sayDays, names.length);
    const fill = this.panel.querySelector("[data-fill]");
    fill.hidden = !(picked.length > 1 && picked.some((box) => box.dataset.kind));
  }

  close(back = true) {
    if (!this.hasAttribute("data-open")) return;
    this.removeAttribute("data-open");
    if (back) this.show(this.from ?? this.boxes[0]);
    this.count();
  }

  count() {
    const n = this.picked.length;
    this.telling.textContent = n ? worded(n === 1 ? this.dataset.sayPickedOne : this.dataset.sayPickedMany, n) : "";
  }

  tell(text) {
    this.count();
    if (text) this.telling.textContent = text;
    announce(this.telling.textContent || this.dataset.sayNone);
  }
}
customElements.define("palkkio-calendar", PalkkioCalendar);
