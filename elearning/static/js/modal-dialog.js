// <modal-dialog><dialog id="x">: any [data-dialog="x"] opens it, [data-close] and a click beside it close it. The link or the
// submit button that opens it keeps its own meaning when this file is absent.
class ModalDialog extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    for (const opener of document.querySelectorAll(`[data-dialog="${this.dialog.id}"]`)) {
      opener.setAttribute("aria-haspopup", "dialog");
      opener.addEventListener("click", (event) => {
        event.preventDefault();
        this.dialog.showModal();
      });
    }
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || event.target.closest("[data-close]")) this.dialog.close();
    });
  }
}

customElements.define("modal-dialog", ModalDialog);
