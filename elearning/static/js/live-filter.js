// <live-filter>: a form that filters a list. What is chosen is fetched as the page it leads to anyway, and that page's
// list replaces this one, without a reload: [data-filters] is the form, [data-list] the list, [data-count] in the list the
// words that [data-said] tells screen readers. Addresses, the back button and links of the pagination work as before.
const PAUSE = 350; // ms after the last key

class LiveFilter extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("[data-filters]");
    this.list = this.querySelector("[data-list]");
    if (!this.form || !this.list) return;
    this.back = () => this.show(location.href, { back: true });
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("submit", (event) => this.sent(event));
    this.list.addEventListener("click", (event) => this.followed(event));
    window.addEventListener("popstate", this.back);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.back) window.removeEventListener("popstate", this.back);
  }

  typed(event) {
    clearTimeout(this.timer);
    const { target } = event;
    // One step back for one search, not for each key.
    const step = target.tagName === "SELECT" || this.writing !== target;
    this.timer = setTimeout(() => {
      this.writing = target;
      this.show(this.address(), { step });
    }, target.tagName === "SELECT" ? 0 : PAUSE);
  }

  sent(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    this.writing = null;
    this.show(this.address(), { step: this.address() !== location.href, lead: true });
  }

  followed(event) {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || new URL(link.href).pathname !== location.pathname) return;
    event.preventDefault();
    this.writing = null;
    this.show(link.href, { step: true, lead: true, fill: true });
  }

  // The address of what is chosen, without what is empty.
  address() {
    const url = new URL(this.form.action);
    for (const [name, value] of new FormData(this.form)) {
      if (value.trim()) url.searchParams.append(name, value.trim());
    }
    return url.href;
  }

  async show(address, { step = false, lead = false, fill = false, back = false }) {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: this.asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("live-filter [data-list]");
      if (!answer.ok || !fresh) throw new Error(String(answer.status));
      if (!back) history[step ? "pushState" : "replaceState"](null, "", address);
      document.title = page.title;
      this.list.replaceChildren(...fresh.childNodes);
      if (back || fill) this.refill(page.querySelector("live-filter [data-filters]"));
      this.say(lead);
    } catch (error) {
      // A list that does not come is no reason to stay: the browser shows what there is.
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  refill(form) {
    for (const field of form?.elements ?? []) {
      const own = field.name && this.form.elements.namedItem(field.name);
      if (own?.type === "checkbox") own.checked = field.checked;
      else if (own) own.value = field.value;
    }
  }

  say(lead) {
    const count = this.list.querySelector("[data-count]");
    this.querySelector("[data-said]").textContent = count?.textContent ?? "";
    if (!lead || !count) return;
    const heading = this.list.querySelector("h2") ?? this.list;
    heading.tabIndex = -1;
    heading.focus();
  }
}

customElements.define("live-filter", LiveFilter);
