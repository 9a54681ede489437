// <tab-group> of <section id aria-labelledby> with a heading each: one section at a time, chosen by tabs. Arrows, Home and End move.
class TabGroup extends HTMLElement {
  connectedCallback() {
    if (this.tabs) return;
    this.panels = [...this.querySelectorAll(":scope > section")];
    const list = document.createElement("div");
    list.className = "tabs__list";
    list.setAttribute("role", "tablist");
    this.tabs = this.panels.map((panel) => this.tab(panel));
    list.append(...this.tabs);
    list.addEventListener("keydown", (event) => this.move(event));
    this.prepend(list);
    this.classList.add("tabs--ready");
    const asked = this.panels.findIndex((panel) => `#${panel.id}` === location.hash);
    this.select(Math.max(asked, 0));
  }

  tab(panel) {
    const heading = panel.querySelector("h2, h3, h4, h5");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${panel.id}-zakladka`;
    tab.className = "tabs__tab";
    tab.textContent = heading.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => this.select(this.tabs.indexOf(tab)));
    heading.hidden = true;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    return tab;
  }

  select(index) {
    for (const [position, tab] of this.tabs.entries()) {
      const chosen = position === index;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      this.panels[position].hidden = !chosen;
    }
  }

  move(event) {
    const last = this.tabs.length - 1;
    const now = this.tabs.indexOf(document.activeElement);
    const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.select(next);
    this.tabs[next].focus();
  }
}

customElements.define("tab-group", TabGroup);
