// <word-count data-least="50" data-most="200"><textarea><p data-count>: tells how many words there are, beside the limits that
// the paragraph names. Only crossing a limit is said aloud. Without JavaScript the limits stand there, and the server counts.
const PAUSE = 1000; // ms without a key before a crossed limit is said aloud

class WordCount extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.place = this.querySelector("[data-count]");
    if (!this.text || !this.place || this.status) return;
    this.limits = this.place.textContent.trim();
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.text.addEventListener("input", () => this.typed());
    this.was = this.show();
  }

  // "below", "above" or "within", as the server counts: words are what stands between spaces.
  show() {
    const count = this.text.value.split(/\s+/).filter(Boolean).length;
    const least = Number(this.dataset.least ?? 0);
    const most = Number(this.dataset.most ?? Infinity);
    this.place.textContent = `Napisane słowa: ${count}. ${this.limits}`.trim();
    if (count > most) return "above";
    return count < least ? "below" : "within";
  }

  typed() {
    const now = this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(now), PAUSE);
  }

  say(now) {
    if (now === this.was) return;
    const words = { above: "Słów jest za dużo.", below: "Słów jest za mało.", within: "Liczba słów mieści się w limicie." };
    this.status.textContent = words[now];
    this.was = now;
  }
}

customElements.define("word-count", WordCount);
