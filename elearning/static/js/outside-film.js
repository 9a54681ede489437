// <outside-film data-url data-title>: asks nothing of a hosting service before somebody has chosen to play its film.
class OutsideFilm extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => this.open());
  }

  open() {
    const frame = document.createElement("iframe");
    frame.className = "film-outside__frame";
    frame.title = this.dataset.title;
    frame.allow = "fullscreen; autoplay; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = this.dataset.url;
    this.replaceChildren(frame);
    frame.focus();
  }
}

customElements.define("outside-film", OutsideFilm);
