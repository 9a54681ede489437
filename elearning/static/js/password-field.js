// <password-field><input type="password"></password-field>: adds a button that shows what was typed.
class PasswordField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.button) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button button--secondary button--small";
    if (this.input.id) this.button.setAttribute("aria-controls", this.input.id);
    this.button.addEventListener("click", () => this.show(this.input.type === "password"));
    // A password left readable must not be remembered by the browser as ordinary text.
    this.input.form?.addEventListener("submit", () => this.show(false));
    this.append(this.button);
    this.show(false);
  }

  show(readable) {
    this.input.type = readable ? "text" : "password";
    this.button.textContent = readable ? "Ukryj hasło" : "Pokaż hasło";
  }
}

customElements.define("password-field", PasswordField);
