// <copy-field>: a line of text with a button that copies it. Without JavaScript the line can be selected by hand.
class CopyField extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[readonly]");
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.copy());
  }

  async copy() {
    const status = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(this.field.value);
      status.textContent = "Skopiowano.";
    } catch {
      this.field.select();
      status.textContent = "Zaznaczyliśmy adres: skopiuj go klawiszami Ctrl+C.";
    }
  }
}

customElements.define("copy-field", CopyField);
