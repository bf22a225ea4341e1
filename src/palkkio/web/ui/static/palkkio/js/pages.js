// Photos of the pages of a paper: a list in which each is seen, turned or removed before they are sent.
// Licence: EUPL-1.2. Words come from the page; without this the choosers and one turn for all do the same.

import { announce, worded } from "./page.js";

const SIDE = 96;

class Pages extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[data-files]");
    this.camera = this.querySelector("[data-camera]");
    this.turns = this.querySelector("[data-turns]");
    this.list = this.querySelector("[data-list]");
    this.pages = [];
    this.turns.disabled = false;
    this.toggleAttribute("data-touch", navigator.maxTouchPoints > 0);
    for (const input of [this.input, this.camera]) {
      input.addEventListener("change", (event) => { event.stopPropagation(); this.add(input); });
    }
    this.list.addEventListener("click", (event) => this.act(event));
  }

  // A PDF stands alone; pictures come after those that are there already.
  add(input) {
    const chosen = [...input.files].map((file) => ({ file, turn: 0 }));
    const isAlone = [...chosen, ...this.pages].some(({ file }) => !file.type.startsWith("image/"));
    this.pages = isAlone && chosen.length ? chosen : [...this.pages, ...chosen];
    this.keep();
    announce(worded(this.dataset.added, this.pages.length));
  }

  act(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const at = [...this.list.children].indexOf(button.closest("li"));
    if ("turn" in button.dataset) {
      this.pages[at].turn = (this.pages[at].turn + 90) % 360;
      announce(worded(this.dataset.turned, at + 1));
    } else {
      this.pages.splice(at, 1);
      announce(this.dataset.removed);
    }
    this.keep();
    const same = this.list.children[Math.min(at, this.pages.length - 1)];
    (same?.querySelector("turn" in button.dataset ? "[data-turn]" : "[data-remove]") ?? this.input).focus();
  }

  keep() {
    const files = new DataTransfer();
    for (const { file } of this.pages) files.items.add(file);
    this.input.files = files.files;
    this.camera.value = "";
    this.turns.value = this.pages.map(({ turn }) => turn).join(",") || "0";
    this.list.replaceChildren(...this.pages.map((page, at) => this.drawn(page, at)));
  }

  drawn({ file, turn }, at) {
    const item = this.querySelector("template").content.firstElementChild.cloneNode(true);
    item.querySelector(".pages__name").textContent = `${at + 1}. ${file.name}`;
    for (const each of item.querySelectorAll("button")) {
      each.setAttribute("aria-label", `${each.textContent.trim()} ${at + 1}`);
    }
    if (file.type.startsWith("image/")) paint(item.querySelector("canvas"), file, turn);
    else item.querySelectorAll("canvas, [data-turn]").forEach((each) => each.remove());
    return item;
  }
}

async function paint(canvas, file, turn) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return; // not a picture that a browser can open: the server says so
  }
  const scale = SIDE / Math.max(picture.width, picture.height);
  const pen = canvas.getContext("2d");
  pen.translate(SIDE / 2, SIDE / 2);
  pen.rotate((turn * Math.PI) / 180);
  const [width, height] = [picture.width * scale, picture.height * scale];
  pen.drawImage(picture, -width / 2, -height / 2, width, height);
  picture.close();
}

customElements.define("palkkio-pages", Pages);
