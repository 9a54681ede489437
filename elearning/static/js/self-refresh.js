// <self-refresh data-of="#steps">: fetches the page again every few seconds and puts that part of it in place, for as
// long as the part says, by data-busy, that something is still going on. As a live region it says what has changed:
// the text of data-said.
const EVERY = 4000; // ms

class SelfRefresh extends HTMLElement {
  connectedCallback() {
    this.timer = setTimeout(() => this.refresh(), EVERY);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async refresh() {
    const part = document.querySelector(this.dataset.of);
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(this.dataset.of);
      if (fresh) {
        const said = fresh.querySelector("[data-said]").textContent;
        if (said !== part.querySelector("[data-said]").textContent) this.textContent = said;
        part.replaceChildren(...fresh.childNodes);
        if (!part.querySelector("[data-busy]")) return;
      }
    } catch {
      // No connection: the next time may have one.
    }
    this.timer = setTimeout(() => this.refresh(), EVERY);
  }
}

customElements.define("self-refresh", SelfRefresh);
