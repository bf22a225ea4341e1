// <palkkio-queue>: keys and bulk picking for a table of rows. Licence: EUPL-1.2.
// Single-letter keys act only while focus is inside the table (WCAG 2.1.4). Without this file the checkboxes and
// buttons post the same form. Words: data-one, data-many, data-flagged, each with %(n)s.
import { worded } from "./page.js";

const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

class PalkkioQueue extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll(".queue tbody tr")];
    this.bar = this.querySelector(".bulk");
    this.all = this.querySelector("[data-all]");
    this.addEventListener("change", (e) => this.onPick(e));
    this.addEventListener("click", (e) => this.onClick(e));
    this.addEventListener("keydown", (e) => this.onKey(e));
    this.count();
  }

  get boxes() { return this.rows.map((row) => row.querySelector(".pick")).filter(Boolean); }

  onPick(event) {
    if (event.target === this.all) for (const box of this.boxes) box.checked = event.target.checked;
    else if (event.target.matches(".pick")) this.last = event.target;
    this.count();
  }

  // Shift and a click on a checkbox picks the rows between.
  onClick(event) {
    const box = event.target;
    if (!event.shiftKey || !this.last || !box.matches?.("tbody .pick")) return;
    const boxes = this.boxes;
    const [low, high] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const each of boxes.slice(low, high + 1)) each.checked = box.checked;
  }

  count() {
    const boxes = this.boxes;
    const picked = boxes.filter((box) => box.checked);
    if (this.all) {
      this.all.checked = picked.length > 0 && picked.length === boxes.length;
      this.all.indeterminate = picked.length > 0 && picked.length < boxes.length;
    }
    if (!this.bar) return;
    const flagged = picked.filter((box) => box.closest("tr").hasAttribute("data-flagged")).length;
    const said = [worded(picked.length === 1 ? this.dataset.one : this.dataset.many, picked.length)];
    if (flagged && this.dataset.flagged) said.push(worded(this.dataset.flagged, flagged));
    this.bar.hidden = picked.length === 0;
    this.bar.querySelector("[data-count]").textContent = picked.length ? said.join(", ") : "";
  }

  onKey(event) {
    const row = event.target.closest(".queue tbody tr");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const next = this.rows[this.rows.indexOf(row) + step];
      (next?.querySelector("td a") ?? next?.querySelector(".pick"))?.focus();
    } else if (event.key === "x") {
      const box = row.querySelector(".pick");
      if (box) { box.checked = !box.checked; this.last = box; this.count(); }
    } else if (event.key === "Enter" && event.target.matches(".pick")) {
      event.preventDefault(); // would press the first button of the form
      row.querySelector("a")?.click();
    }
  }
}
customElements.define("palkkio-queue", PalkkioQueue);
