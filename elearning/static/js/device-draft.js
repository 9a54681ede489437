// <device-draft data-version="12" data-fresh>: keeps the form on this device if the person ticks the box, and offers what was
// kept when they come back; it is never filled in unasked. Nothing is sent. Without this file nothing is kept.
import { drop, forgetOld, keep, keyOf, read } from "./form-drafts.js";

const PAUSE = 400; // ms without a key before the form is kept
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "co", "pesel"]);
const WHEN = new Intl.DateTimeFormat("pl-PL", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

class DeviceDraft extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = this.querySelector("[data-fill]");
    this.offer = this.querySelector("[data-offer]");
    this.box = this.querySelector("[data-remember]");
    this.status = this.querySelector("[data-draft-status]");
    this.key = keyOf(document.querySelector("[data-account]")?.dataset.person ?? "", this.dataset.version);
    this.mark = `${this.key}:zaznaczono`; // says only that the box was ticked in this tab
    this.querySelector("[data-choice]").hidden = false;
    forgetOld();
    this.listen();
    this.resume();
  }

  listen() {
    this.box.addEventListener("change", () => this.choose());
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    this.form.addEventListener("submit", () => this.save());
    addEventListener("pagehide", () => this.save());
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-forget]")) this.forget();
      if (event.target.closest("[data-restore]")) this.restore();
    });
  }

  resume() {
    const kept = read(this.key);
    this.box.checked = Boolean(kept) && !("fresh" in this.dataset) && sessionStorage.getItem(this.mark) === "1";
    if (kept && !this.box.checked) {
      this.offer.querySelector("[data-when]").textContent = WHEN.format(kept.at);
      this.offer.hidden = false;
    }
    this.buttons();
  }

  choose() {
    if (!this.box.checked) return this.forget();
    this.offer.hidden = true;
    this.save();
    this.say(read(this.key) ? "Dane zostaną na tym urządzeniu." : "Ta przeglądarka nie pozwala zapamiętać danych.");
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  save() {
    clearTimeout(this.timer);
    if (!this.box.checked) return;
    const fields = [...new FormData(this.form)].filter(([name]) => !NOT_KEPT.has(name));
    this.box.checked = keep(this.key, fields);
    sessionStorage.setItem(this.mark, "1");
    this.buttons();
  }

  forget() {
    drop(this.key);
    sessionStorage.removeItem(this.mark);
    const wasOffered = !this.offer.hidden;
    this.offer.hidden = true;
    this.box.checked = false;
    this.buttons();
    if (wasOffered) this.first.focus();
    else this.box.focus();
    this.say("Usunięto dane z tego urządzenia.");
  }

  restore() {
    const { fields } = read(this.key) ?? { fields: [] };
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const editor of this.form.querySelectorAll("rows-editor")) {
      const name = editor.querySelector("[data-blank]").content.querySelector("input[type=hidden]").name;
      editor.show(values.get(name) ?? []);
    }
    for (const control of this.form.elements) this.set(control, values.get(control.name) ?? []);
    this.offer.hidden = true;
    this.box.checked = true;
    this.save();
    this.first.focus();
    this.say("Wpisano zapamiętane dane do formularza.");
  }

  set(control, values) {
    if (!control.name || control.type === "hidden" || control.type === "submit" || NOT_KEPT.has(control.name)) return;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }

  buttons() {
    this.querySelector("[data-choice] [data-forget]").hidden = !this.box.checked;
  }

  get first() {
    return this.form.querySelector(".field :is(input:not([type=hidden]), select, textarea)");
  }

  say(text) {
    this.status.textContent = text;
  }
}

customElements.define("device-draft", DeviceDraft);
