// <film-progress>: sends what <film-player> beside or inside it has played, and says how much of the film was watched.
// What the server has not confirmed stays on this device, under the person, the address and this opening of the page,
// and goes again by itself: also when the film is opened another day. A report says all that this page has played, with
// the token the page was given, so it may come twice, late or from several devices.
import { drop, forgetOthers, keep, kept, newKey, post, read } from "./film-queue.js";

const RETRY_FIRST = 2000; // ms; doubles up to
const RETRY_LAST = 60000;
const SAY_EVERY = 30000; // ms between two texts that a screen reader reads
const WAITING = new Set([408, 425, 429]);
const UNSAVED = "Niezapisane. To, co obejrzysz, jest na tym urządzeniu. Wyślemy to, gdy wróci połączenie.";
const SIGNED_OUT = "Niezapisane. Zaloguj się ponownie, a zapiszemy, co udało Ci się obejrzeć.";
const OTHER_PERSON = "Na tym urządzeniu jest teraz zalogowana inna osoba. Odśwież stronę.";

class FilmProgress extends HTMLElement {
  connectedCallback() {
    const { save, person } = this.dataset;
    if (!save) return;
    this.csrf = this.dataset.csrf;
    this.key = newKey(person, save);
    this.entries = new Map(); // key -> report, as text; those of this page that storage refused live only here
    this.retry = RETRY_FIRST;
    this.saidAt = 0;
    const root = this.querySelector("film-player") ? this : this.parentElement;
    root.addEventListener("film:played", ({ detail }) => this.played(detail));
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => this.leave());
    this.restore();
    if ("begun" in this.dataset) this.keep([], Number(this.dataset.position));
    if (this.entries.size) this.flush();
  }

  // What earlier pages of this person could not send, of any film.
  restore() {
    for (const key of kept(this.dataset.person)) {
      const report = read(key);
      if (report) this.entries.set(key, report);
    }
  }

  played({ played, position }) {
    this.keep(played, Math.round(position));
    this.flush();
  }

  keep(played, position) {
    const { save, token } = this.dataset;
    const parts = played.map(([start, end]) => [Math.round(start), Math.round(end)]);
    const report = JSON.stringify({ address: save, token, played: parts, position });
    this.entries.set(this.key, report);
    keep(this.key, report);
  }

  // Forgets a report that was answered, unless more was played meanwhile.
  forget(key, report) {
    if (this.entries.get(key) !== report) return;
    this.entries.delete(key);
    drop(key);
  }

  leave() {
    const report = this.entries.get(this.key);
    if (report) post(report, this.csrf).catch(() => {});
  }

  // One report after the other, older pages first; one run at a time.
  flush() {
    this.running ??= this.send().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  async send() {
    clearTimeout(this.timer);
    for (const [key, report] of this.entries) {
      const done = await this.sendOne(key, report);
      if (!done) return;
    }
    if (this.entries.size) return this.send();
    this.retry = RETRY_FIRST;
    this.show("");
  }

  // True when this report needs nothing more.
  async sendOne(key, report, again = false) {
    let response;
    try {
      response = await post(report, this.csrf);
    } catch {
      return this.later();
    }
    if (response.status >= 500 || WAITING.has(response.status)) return this.later();
    if ((response.status === 401 || response.status === 403) && !again) {
      const go = await this.session();
      return go ? this.sendOne(key, report, true) : false;
    }
    this.forget(key, report);
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    const answer = isJson ? await response.json() : {};
    if (JSON.parse(report).address !== this.dataset.save) return true;
    if (response.ok) this.saved(answer);
    else if (key === this.key) this.refused(answer.error);
    return response.ok || key !== this.key;
  }

  // Who is logged in now? True when it is this person still: then the report may go again, with a fresh token.
  async session() {
    try {
      const { person, token } = await (await fetch(this.dataset.session)).json();
      if (person && String(person) === this.dataset.person) {
        this.csrf = token;
        return true;
      }
      if (!person) this.askToLogIn();
      else this.stop(person);
    } catch {
      this.later();
    }
    return false;
  }

  // Somebody else has this device now: nothing of the person of this page stays on it.
  stop(person) {
    this.entries.clear();
    forgetOthers(person);
    this.show(OTHER_PERSON);
  }

  askToLogIn() {
    this.show(SIGNED_OUT);
    const waiting = [...document.querySelectorAll("h5p-player[data-save], film-progress[data-save]")];
    document.querySelector("login-dialog")?.open({ resumed: (token) => waiting.forEach((one) => one.resumed(token)) });
  }

  resumed(token) {
    this.csrf = token;
    this.flush();
  }

  later() {
    this.show(UNSAVED);
    this.timer = setTimeout(() => this.flush(), this.retry);
    this.retry = Math.min(this.retry * 2, RETRY_LAST);
    return false;
  }

  saved(answer) {
    this.say(answer.text);
    this.dispatchEvent(new CustomEvent("film:saved", { bubbles: true, detail: answer }));
  }

  refused(error) {
    this.show(error ?? "Nie możemy zapisać, co udało Ci się obejrzeć. Odśwież stronę.");
  }

  // The newest text, not more often than a person can listen to.
  say(text) {
    this.text = text;
    this.saying ??= setTimeout(() => {
      this.saying = undefined;
      this.saidAt = Date.now();
      const line = this.querySelector("[data-watched]");
      if (line.textContent !== this.text) line.textContent = this.text;
    }, Math.max(0, this.saidAt + SAY_EVERY - Date.now()));
  }

  show(trouble) {
    const line = this.querySelector("[data-unsaved]");
    if (line.textContent !== trouble) line.textContent = trouble;
    line.hidden = !trouble;
  }
}

customElements.define("film-progress", FilmProgress);
