// <palkkio-checklist for="password-id">: ticks the rules of a password while one types. Licence: EUPL-1.2.
// Without this file the rules stand as a plain list and the server checks them. Words: data-met, data-unmet, data-all,
// data-left-one, data-left-many with {n}.
import { worded } from "./page.js";

const RULES = {
  length: (s) => [...s].length >= 8,
  upper: (s) => /\p{Lu}/u.test(s),
  lower: (s) => /\p{Ll}/u.test(s),
  digit: (s) => /\p{Nd}/u.test(s),
  special: (s) => /[^\p{L}\p{N}\s]/u.test(s),
};
const PAUSE = 700; // ms without a key before the count is said aloud

class PalkkioChecklist extends HTMLElement {
  connectedCallback() {
    this.input = document.getElementById(this.getAttribute("for"));
    this.status = this.querySelector("[role=status]");
    this.input?.addEventListener("input", () => this.check());
    if (this.input) this.check();
  }

  disconnectedCallback() { clearTimeout(this.later); }

  check() {
    let unmet = 0;
    for (const item of this.querySelectorAll("[data-rule]")) {
      const met = RULES[item.dataset.rule](this.input.value);
      item.toggleAttribute("data-met", met);
      item.querySelector("[data-state]").textContent = met ? this.dataset.met : this.dataset.unmet;
      if (!met) unmet += 1;
    }
    clearTimeout(this.later);
    this.later = setTimeout(() => this.tell(unmet), PAUSE);
  }

  tell(unmet) {
    if (!this.input.value) return;
    const { all, leftOne, leftMany } = this.dataset;
    this.status.textContent = unmet === 0 ? all : worded(unmet === 1 ? leftOne : leftMany, unmet);
  }
}
customElements.define("palkkio-checklist", PalkkioChecklist);
