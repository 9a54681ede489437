// <error-summary>: takes the focus when the page opens; its links put the focus into the field they name.
const FIELDS = "input:not([type=hidden]), select, textarea, button";

class ErrorSummary extends HTMLElement {
  connectedCallback() {
    this.focus();
    this.addEventListener("click", (event) => this.follow(event));
  }

  follow(event) {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const control = target.matches(FIELDS) ? target : [...target.querySelectorAll(FIELDS)].find((field) => field.tabIndex >= 0);
    target.scrollIntoView();
    (control ?? target).focus({ preventScroll: true });
  }
}

customElements.define("error-summary", ErrorSummary);
