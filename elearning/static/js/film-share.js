// <film-share>: the address of a film, from the place where it is if somebody wants that, ready to be copied.
import { clock } from "./film-player.js";

class FilmShare extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[readonly]");
    this.choice = this.querySelector("input[type=checkbox]");
    this.seconds = 0;
    const player = document.querySelector("film-player");
    if (player) this.choice.closest("label").hidden = false;
    player?.addEventListener("film:time", ({ detail }) => this.move(Math.floor(detail.seconds)));
    this.choice.addEventListener("change", () => this.show());
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.copy());
  }

  move(seconds) {
    if (seconds === this.seconds) return;
    this.seconds = seconds;
    this.querySelector("[data-time]").textContent = clock(seconds);
    this.show();
  }

  show() {
    const { url } = this.field.dataset;
    this.field.value = this.choice.checked ? `${url}?t=${this.seconds}` : url;
  }

  async copy() {
    const status = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(this.field.value);
      status.textContent = "Skopiowano.";
    } catch {
      this.field.select();
      status.textContent = "Zaznaczyliśmy odnośnik: skopiuj go klawiszami Ctrl+C.";
    }
  }
}

customElements.define("film-share", FilmShare);
