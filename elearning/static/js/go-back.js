// <go-back><a href="/">…</a></go-back>: when there is a page to return to, the link becomes a button that returns there.
class GoBack extends HTMLElement {
  connectedCallback() {
    if (history.length < 2 || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Wróć do poprzedniej strony";
    button.addEventListener("click", () => history.back());
    this.replaceChildren(button);
  }
}

customElements.define("go-back", GoBack);
