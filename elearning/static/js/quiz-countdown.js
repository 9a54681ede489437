// <quiz-countdown data-left data-address>: the time that is left of an attempt. The server keeps the time and is asked
// again when the page was away; the device's own clock does not matter. Warnings come in words, at sensible moments.
const WARNINGS = [600, 300, 60]; // seconds
const FORMS = { minute: ["minuta", "minuty", "minut"], second: ["sekunda", "sekundy", "sekund"] };
const AWAY = 30000; // ms between two ticks after which the page must have slept
const HIDDEN = "zegar-ukryty";

function count(number, [one, few, many]) {
  const last = number % 10;
  const teen = number % 100 > 10 && number % 100 < 20;
  if (number === 1) return `${number} ${one}`;
  return `${number} ${last > 1 && last < 5 && !teen ? few : many}`;
}

function words(seconds) {
  return seconds < 60 ? count(seconds, FORMS.second) : count(Math.ceil(seconds / 60), FORMS.minute);
}

class QuizCountdown extends HTMLElement {
  connectedCallback() {
    if (this.timer) return;
    this.clock = this.querySelector("[data-clock]");
    this.warning = this.querySelector("[data-warning]");
    this.toggle = this.querySelector("[data-toggle]");
    this.set(Number(this.dataset.left));
    this.toggle.hidden = false;
    this.toggle.addEventListener("click", () => this.hide(!this.clock.hidden));
    this.hide(sessionStorage.getItem(HIDDEN) === "1");
    this.timer = setInterval(() => this.tick(), 1000);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.ask();
    });
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  set(left) {
    this.end = performance.now() + left * 1000;
    this.warned = WARNINGS.filter((moment) => left <= moment).length;
  }

  get left() {
    return Math.max(0, Math.round((this.end - performance.now()) / 1000));
  }

  tick() {
    const now = performance.now();
    if (this.last && now - this.last > AWAY) this.ask();
    this.last = now;
    const left = this.left;
    this.clock.textContent = `Zostało: ${words(left)}`;
    const reached = WARNINGS.filter((moment) => left <= moment).length;
    if (reached > this.warned) {
      this.warned = reached;
      this.warning.textContent = `Do końca podejścia: ${words(left)}. Odpowiedzi zapisują się same.`;
    }
    if (left === 0 && !this.over) this.ask();
  }

  // What the server says counts. Without network the answers stay as they are, and the server grades what it has.
  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      const response = await fetch(this.dataset.address, { redirect: "error" });
      const { left } = await response.json();
      if (left > 0) this.set(left);
      else this.stop();
    } catch {
      // Asked again with the next tick.
    } finally {
      setTimeout(() => {
        this.asking = false;
      }, 2000);
    }
  }

  stop() {
    this.over = true;
    clearInterval(this.timer);
    this.warning.textContent = "Czas minął. Podejście jest zakończone.";
    this.dispatchEvent(new CustomEvent("timeup", { bubbles: true }));
  }

  hide(hidden) {
    this.clock.hidden = hidden;
    this.toggle.textContent = hidden ? "Pokaż czas" : "Ukryj czas";
    sessionStorage.setItem(HIDDEN, hidden ? "1" : "0");
  }
}

customElements.define("quiz-countdown", QuizCountdown);
