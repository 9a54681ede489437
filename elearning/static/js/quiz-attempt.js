// <quiz-attempt data-save data-person>: saves each answer as it is given. „Zapisano 10:42” appears only after
// the server has answered; without network the page says so, keeps the answers on the device and sends them by itself.
// „Zakończ i wyślij” sends what is not saved yet first, and once.
import { AnswerQueue, forgetAll, forgetOthers } from "./answer-queue.js";

const TYPING_PAUSE = 800; // ms without a key before a typed answer is sent
const OFFLINE = "Brak połączenia. Odpowiedzi są na tym urządzeniu i wyślą się same.";
const BACK = "Połączenie wróciło. Odpowiedzi są zapisane.";
const WAITING = "Brak połączenia. Podejście wyśle się samo, gdy połączenie wróci.";
const ICONS = { saved: "check", error: "error" };

class QuizAttempt extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.queue) return;
    this.notice = this.querySelector("[data-notice]");
    this.icons = document.querySelector("svg.icon use")?.getAttribute("href").split("#")[0];
    this.timers = new Map();
    forgetOthers(this.dataset.person);
    this.queue = new AnswerQueue({
      address: this.dataset.save,
      person: this.dataset.person,
      token: () => this.form.elements.csrfmiddlewaretoken.value,
      read: (id) => this.fields(id),
      events: {
        offline: () => this.say(this.waiting ? WAITING : OFFLINE),
        online: () => this.online(),
        saved: (id, answer, changed) => this.saved(id, answer, changed),
        refused: (id, answer, changed) => this.refused(id, answer, changed),
        stopped: (id, answer) => this.stopped(answer),
      },
    });
    this.queue.listen();
    this.form.addEventListener("input", (event) => this.changed(event, TYPING_PAUSE));
    this.form.addEventListener("change", (event) => this.changed(event, 0));
    this.form.addEventListener("answer", (event) => this.changed(event, 0));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.addEventListener("timeup", () => this.finish());
    addEventListener("storage", (event) => {
      if (event.key === "wylogowano") this.sent = true; // logged out in another tab, which has sent all answers
    });
    addEventListener("beforeunload", (event) => {
      if (this.queue.size && !this.sent) event.preventDefault();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
    this.restore();
  }

  question(id) {
    return this.form.querySelector(`[data-question="${CSS.escape(id)}"]`);
  }

  // The question's own fields, and which version of its answer this page has seen.
  fields(id) {
    const field = `q-${id}`;
    return [...new FormData(this.form)].filter(
      ([name]) => name === field || name.startsWith(`${field}-`) || name === `seen-${id}`,
    );
  }

  changed(event, pause) {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    const id = question.dataset.question;
    this.queue.add(id);
    this.receipt(question, "", "");
    clearTimeout(this.timers.get(id));
    this.timers.set(id, setTimeout(() => this.flush(), pause));
  }

  flush() {
    return this.queue.flush();
  }

  // Answers that an earlier page of this attempt had to leave on the device.
  restore() {
    for (const [id, fields] of this.queue.restore()) {
      const question = this.question(id);
      if (!question) continue;
      this.fill(question, fields);
      this.queue.add(id);
    }
    if (this.queue.size) this.flush();
  }

  fill(question, fields) {
    const values = fields.filter(([name]) => !name.startsWith("seen-"));
    for (const control of question.querySelectorAll("input, select, textarea")) {
      if (control.name.startsWith("seen-")) continue;
      const own = values.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "radio" || control.type === "checkbox") control.checked = own.includes(control.value);
      else if (own.length) [control.value] = own;
    }
    question.querySelector("quiz-ordering")?.arrange?.();
  }

  online() {
    if ([OFFLINE, WAITING].includes(this.notice.textContent)) this.say(BACK);
    if (this.waiting) this.finish();
  }

  saved(id, answer, changed) {
    const question = this.question(id);
    question.querySelector(`[name="seen-${CSS.escape(id)}"]`).value = answer.version;
    question.querySelector("[data-error]").replaceChildren();
    if (!changed) this.receipt(question, "saved", `Zapisano ${answer.time}`);
  }

  refused(id, answer, changed) {
    const question = this.question(id);
    if (answer.saved) this.ask(question, answer);
    else if (!changed) this.receipt(question, "error", `Nie zapisano. ${answer.error}`, answer.url);
    if (answer.url) this.over = true;
  }

  // Another window saved a newer answer: the person decides which one stays.
  ask(question, answer) {
    const id = question.dataset.question;
    const place = this.receipt(question, "error", `${answer.error} Zapisana: ${answer.saved.join("; ") || "brak"}.`);
    const mine = this.button("Zapisz tę, którą widzę tutaj", () => {
      question.querySelector(`[name="seen-${CSS.escape(id)}"]`).value = answer.version;
      this.queue.add(id);
      this.receipt(question, "", "");
      this.flush();
    });
    const theirs = this.button("Zostaw nowszą", async () => {
      if (await this.queue.flush()) location.reload();
    });
    const actions = document.createElement("span");
    actions.className = "actions";
    actions.append(mine, theirs);
    place.append(actions);
    this.waiting = false;
  }

  button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button--secondary button--small";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  // Nobody is logged in any more, or somebody else is.
  stopped(answer) {
    this.waiting = false;
    if (answer.other_person) {
      forgetAll();
      this.sent = true;
      location.replace("/panel/");
      return;
    }
    this.say(answer.error);
    document.querySelector("login-dialog")?.open(this);
  }

  // Logged in again over the page: the answers go on where they stopped.
  resumed(token) {
    this.form.elements.csrfmiddlewaretoken.value = token;
    this.say("");
    this.flush();
  }

  receipt(question, state, text, url) {
    const place = question.querySelector("[data-receipt]");
    place.replaceChildren();
    place.removeAttribute("role");
    if (!text) return place;
    const words = document.createElement("span");
    words.className = `receipt receipt--${state}`;
    if (this.icons) words.append(this.icon(ICONS[state]));
    words.append(text);
    if (url) {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = "Zobacz wynik";
      words.append(" ", link);
    }
    place.setAttribute("role", state === "error" ? "alert" : "status");
    place.append(words);
    return place;
  }

  icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.icons}#${name}`);
    svg.append(use);
    return svg;
  }

  say(text) {
    this.notice.textContent = text;
  }

  async submit(event) {
    event.preventDefault();
    if (this.waiting) return;
    this.waiting = true;
    if (navigator.onLine) await this.flush();
    else this.say(WAITING);
  }

  // The form itself holds all answers; it goes once, when the server can be reached.
  async finish() {
    if (this.sent || !navigator.onLine) return;
    this.sent = true;
    this.queue.forget();
    this.form.submit();
  }
}

customElements.define("quiz-attempt", QuizAttempt);
