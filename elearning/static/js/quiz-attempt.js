// <quiz-attempt data-save="address">: saves each answer as it is given. „Zapisano 10:42” appears only after the server has
// answered; without network the page says so and tries again. „Zakończ i wyślij” sends what is not saved yet first, and once.
const TYPING_PAUSE = 800; // ms without a key before a typed answer is sent
const RETRY_FIRST = 2000; // ms; doubles up to
const RETRY_LAST = 30000;
const OFFLINE = "Brak połączenia. Odpowiedzi są na tym urządzeniu i wyślą się same.";
const BACK = "Połączenie wróciło. Odpowiedzi są zapisane.";
const ICONS = { saved: "check", error: "error" };

class QuizAttempt extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.pending) return;
    this.pending = new Set();
    this.timers = new Map();
    this.retry = RETRY_FIRST;
    this.notice = this.querySelector("[data-notice]");
    this.icons = document.querySelector("svg.icon use")?.getAttribute("href").split("#")[0];
    this.form.addEventListener("input", (event) => this.changed(event, TYPING_PAUSE));
    this.form.addEventListener("change", (event) => this.changed(event, 0));
    this.form.addEventListener("answer", (event) => this.changed(event, 0));
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.flush());
    addEventListener("offline", () => this.say(OFFLINE));
    addEventListener("beforeunload", (event) => {
      if (this.pending.size && !this.sent) event.preventDefault();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }

  changed(event, pause) {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    this.pending.add(question);
    this.receipt(question, "", "");
    clearTimeout(this.timers.get(question));
    this.timers.set(question, setTimeout(() => this.flush(), pause));
  }

  // Sends what is pending, one question after the other; true when nothing is left.
  async flush() {
    this.running ??= this.send().finally(() => {
      this.running = undefined;
    });
    const done = await this.running;
    if (done && this.waiting) this.finish();
    return done;
  }

  async send() {
    while (this.pending.size) {
      const [question] = this.pending;
      this.pending.delete(question);
      clearTimeout(this.timers.get(question));
      const answer = await this.post(question);
      if (answer === null || answer.signedOut) this.pending.add(question);
      if (answer === null) return this.later();
      if (answer.signedOut) return this.stop(answer.error);
      this.show(question, answer);
    }
    this.retry = RETRY_FIRST;
    if (this.notice.textContent === OFFLINE) this.say(BACK);
    return true;
  }

  // The server's answer, or null where there was none: no network, or a server that is down.
  async post(question) {
    const body = new URLSearchParams({ question: question.dataset.question });
    for (const [name, value] of new FormData(this.form)) {
      const field = `q-${question.dataset.question}`;
      if (name === field || name.startsWith(`${field}-`)) body.append(name, value);
    }
    try {
      const headers = { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value };
      const response = await fetch(this.dataset.save, { method: "POST", body, headers, redirect: "error" });
      if (response.status >= 500 || response.status === 429) return null;
      if (response.status === 401) return { signedOut: true, ...(await response.json()) };
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      return isJson ? await response.json() : { error: "Nie zapisaliśmy tej odpowiedzi. Odśwież stronę." };
    } catch {
      return null;
    }
  }

  later() {
    this.say(OFFLINE);
    setTimeout(() => this.flush(), this.retry);
    this.retry = Math.min(this.retry * 2, RETRY_LAST);
    return false;
  }

  // Nothing more can be saved from this page as it is; what was typed stays in its fields.
  stop(text) {
    this.say(text);
    this.waiting = false;
    return false;
  }

  show(question, answer) {
    const error = question.querySelector("[data-error]");
    if (!answer.error) error.replaceChildren();
    if (this.pending.has(question)) return; // changed again meanwhile: this receipt is about an older answer
    if (answer.error) this.receipt(question, "error", `Nie zapisano. ${answer.error}`, answer.url);
    else this.receipt(question, "saved", `Zapisano ${answer.time}`);
  }

  receipt(question, state, text, url) {
    const place = question.querySelector("[data-receipt]");
    place.replaceChildren();
    place.removeAttribute("role");
    if (!text) return;
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
    if (!navigator.onLine) this.say(OFFLINE);
    else await this.flush();
  }

  // The form itself holds all answers; it goes once, when the server can be reached.
  finish() {
    if (this.sent || !navigator.onLine) return;
    this.sent = true;
    this.form.submit();
  }
}

customElements.define("quiz-attempt", QuizAttempt);
