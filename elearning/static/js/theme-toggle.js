// <theme-toggle hidden>: a choice between the device's setting, light and dark, kept on this device.
const CHOICES = { "": "Jak w\u00a0urządzeniu", light: "Jasny", dark: "Ciemny" };

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    const label = document.createElement("label");
    label.textContent = "Wygląd strony";
    this.select = document.createElement("select");
    for (const [value, text] of Object.entries(CHOICES)) this.select.add(new Option(text, value));
    this.select.value = document.documentElement.dataset.theme ?? "";
    this.select.addEventListener("change", () => this.choose(this.select.value));
    label.append(this.select);
    this.replaceChildren(label);
    this.hidden = false;
  }

  choose(theme) {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch {
      // Storage may be forbidden; the choice then lasts for this page only.
    }
  }
}

customElements.define("theme-toggle", ThemeToggle);
