// <login-dialog>: logging in over the page after the session has ended, so that nothing on the page is lost.
const WRONG = "Nie udało się zalogować. Sprawdź adres e-mail i hasło.";
const ELSEWHERE = "To konto wymaga jeszcze jednego kroku. Zaloguj się w nowej karcie, a potem wróć tutaj.";
const NO_NETWORK = "Brak połączenia. Spróbuj za chwilę.";

class LoginDialog extends HTMLElement {
  open(page) {
    this.page = page;
    this.dialog = this.querySelector("dialog");
    this.form = this.querySelector("form");
    this.error = this.querySelector("[data-login-error]");
    if (!this.ready) {
      this.form.addEventListener("submit", (event) => this.submit(event));
      addEventListener("focus", () => this.check());
      this.ready = true;
    }
    if (!this.dialog.open) this.dialog.showModal();
  }

  async submit(event) {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(this.form));
    body.set("csrfmiddlewaretoken", await this.token());
    const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
    try {
      const response = await fetch(this.form.action, { method: "POST", body, headers });
      if (!response.ok) this.fail(WRONG);
      else if (!(await this.check())) this.fail(ELSEWHERE);
    } catch {
      this.fail(NO_NETWORK);
    }
  }

  // Who is logged in now, if anyone; another person's page is left at once by the next answer that is sent.
  async check() {
    if (!this.dialog.open) return false;
    const { person, token } = await (await fetch(this.dataset.session)).json();
    if (!person) return false;
    this.form.reset();
    this.error.textContent = "";
    this.dialog.close();
    this.page.resumed(token);
    return true;
  }

  async token() {
    return (await (await fetch(this.dataset.session)).json()).token;
  }

  fail(text) {
    this.error.textContent = text;
    this.form.elements.password.value = "";
    this.form.elements.login.focus();
  }
}

customElements.define("login-dialog", LoginDialog);
