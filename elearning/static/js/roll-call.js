// <roll-call data-save data-person>: the trainer's list. Each tick is sent at once, and „Zapisano 10:42” appears only
// after the server has answered; without network ticks wait on this device and go by themselves. A box finds people by
// name. Without this file the list is one form.
import { AnswerQueue, forgetOthers } from "./answer-queue.js";

const OFFLINE = "Brak połączenia. Zaznaczenia są na tym urządzeniu i wyślą się same.";
const BACK = "Połączenie wróciło. Wszystko jest zapisane.";

// „Zażółć” is found as „zazolc”.
function plain(text) {
  return text.toLocaleLowerCase("pl").replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
}

class RollCall extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.queue) return;
    this.notice = this.querySelector("[data-notice]");
    forgetOthers(this.dataset.person);
    this.queue = new AnswerQueue({
      address: this.dataset.save,
      person: this.dataset.person,
      token: () => this.form.elements.csrfmiddlewaretoken.value,
      read: (id) => this.fields(id),
      events: {
        offline: () => this.say(OFFLINE),
        online: () => this.notice.textContent === OFFLINE && this.say(BACK),
        saved: (id, answer, changed) => this.answered(id, answer, changed),
        refused: (id, answer, changed) => this.answered(id, answer, changed),
        stopped: (_id, answer) => this.say(answer.error),
      },
    });
    this.queue.listen();
    this.form.addEventListener("change", (event) => this.ticked(event));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.find();
    this.restore();
  }

  line(id) {
    return this.form.querySelector(`[data-line="${CSS.escape(id)}"]`);
  }

  fields(id) {
    const names = [`r${id}`, `r${id}-was`, `r${id}-seen`];
    return [...new FormData(this.form)].filter(([name]) => names.includes(name));
  }

  ticked(event) {
    const line = event.target.closest("[data-line]");
    if (!line || event.target.type !== "radio") return;
    this.receipt(line, "");
    this.queue.add(line.dataset.line);
    this.queue.flush();
  }

  // What the server knows of this person now: also after a refusal, so that the same tick sent again is kept.
  answered(id, answer, changed) {
    const line = this.line(id);
    if ("seen" in answer) {
      this.form.elements[`r${id}-seen`].value = answer.seen;
      this.form.elements[`r${id}-was`].value = answer.was;
      line.querySelector("[data-differs]").hidden = !answer.differs;
      line.querySelector("[data-said]").replaceChildren(...answer.said.map((words) => this.item(words)));
    }
    const trouble = line.querySelector("[data-trouble]");
    trouble.textContent = answer.error ?? "";
    trouble.hidden = !answer.error;
    line.classList.toggle("field--invalid", Boolean(answer.error));
    if (answer.error) {
      line.setAttribute("aria-describedby", trouble.id);
      this.say(`Nie zapisano. ${line.querySelector("strong").textContent}: ${answer.error}`);
    } else {
      line.removeAttribute("aria-describedby");
      if (!changed) this.receipt(line, `Zapisano ${answer.time}`);
    }
  }

  item(words) {
    const made = document.createElement("li");
    made.textContent = words;
    return made;
  }

  receipt(line, text) {
    const place = line.querySelector("[data-receipt]");
    place.textContent = text;
    place.classList.toggle("receipt--saved", Boolean(text));
    if (text) this.say(`${line.querySelector("strong").textContent}: ${text.toLowerCase()}`);
  }

  // Ticks that an earlier page had to leave on the device, with what that page had seen.
  restore() {
    for (const [id, fields] of this.queue.restore()) {
      if (!this.line(id)) continue;
      for (const [name, value] of fields) this.form.elements[name].value = value;
      this.queue.add(id);
    }
    if (this.queue.size) this.queue.flush();
  }

  // What waits goes first; the page is not left while there is no network.
  async submit(event) {
    if (!this.queue.size) return;
    event.preventDefault();
    if (await this.queue.flush()) this.form.submit();
  }

  find() {
    const place = this.querySelector("[data-search]");
    place.hidden = false;
    place.querySelector("input").addEventListener("input", (event) => this.show(event.target.value));
  }

  show(typed) {
    const words = plain(typed).split(/\s+/).filter(Boolean);
    const lines = [...this.querySelectorAll("[data-line]")];
    for (const line of lines) line.hidden = !words.every((word) => plain(line.dataset.name).includes(word));
    const found = lines.filter((line) => !line.hidden).length;
    this.querySelector("[data-nobody]").hidden = found > 0;
    this.querySelector("[data-found]").textContent = words.length ? `Znalezione osoby: ${found}` : "";
  }

  say(text) {
    this.notice.textContent = text;
  }
}

customElements.define("roll-call", RollCall);
