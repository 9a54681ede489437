// <select-filter><select>: a long list becomes a field with suggestions (ARIA combobox). The <select> stays in the form and keeps
// the value, so that nothing changes for the server. Short lists stay as they are.
const WORTH_FILTERING = 12;
const SHOWN = 50;

// "Łódź" is found by "lodz": letters lose their marks; ł has none to lose and is mapped by hand.
const plain = (text) => text.toLocaleLowerCase("pl").replaceAll("ł", "l").normalize("NFD").replace(/\p{Mark}/gu, "");

function element(tag, attributes) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

class SelectFilter extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.input || this.select.multiple || this.select.options.length < WORTH_FILTERING) return;
    this.build();
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(row);
    });
    this.select.addEventListener("change", () => this.show());
    this.show();
  }

  build() {
    const { id } = this.select;
    this.input = element("input", { id, type: "text", autocomplete: "off", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list` });
    for (const name of ["aria-describedby", "aria-invalid", "required"]) {
      if (this.select.hasAttribute(name)) this.input.setAttribute(name, this.select.getAttribute(name));
    }
    this.select.id = `${id}-select`;
    this.select.className = "visually-hidden";
    this.select.tabIndex = -1;
    this.select.required = false;
    this.select.setAttribute("aria-hidden", "true");
    this.list = element("ul", { id: `${id}-list`, role: "listbox", "aria-label": "Podpowiedzi", hidden: "" });
    this.status = element("p", { class: "visually-hidden", role: "status" });
    this.append(this.input, this.list, this.status);
  }

  show() {
    const option = this.select.selectedOptions[0];
    this.input.value = option?.value ? option.text : "";
  }

  open(text) {
    const words = plain(text).split(/\s+/).filter(Boolean);
    const found = [...this.select.options].filter((option) => option.value && words.every((word) => plain(option.text).includes(word)));
    this.list.replaceChildren(...found.slice(0, SHOWN).map((option) => this.row(option)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.mark(null);
    this.status.textContent = found.length ? `Liczba podpowiedzi: ${found.length}` : "Brak podpowiedzi";
  }

  row(option) {
    const row = element("li", { id: `${this.list.id}-${option.index}`, role: "option", "aria-selected": String(option.selected), "data-index": option.index });
    row.textContent = option.text;
    return row;
  }

  mark(row) {
    this.list.querySelector("[data-active]")?.removeAttribute("data-active");
    row?.setAttribute("data-active", "");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(row) {
    this.select.selectedIndex = Number(row.dataset.index);
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(null);
  }

  // Words that name no institution do not stay in the field: what is seen is what is sent.
  leave() {
    if (!this.input.value.trim()) this.select.value = "";
    this.close();
    this.show();
  }

  key(event) {
    const active = this.list.querySelector("[data-active]");
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && active) {
      event.preventDefault();
      this.choose(active);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open("");
      const down = event.key === "ArrowDown";
      this.mark((down ? active?.nextElementSibling : active?.previousElementSibling) ?? (down ? this.list.firstElementChild : this.list.lastElementChild));
    }
  }
}

customElements.define("select-filter", SelectFilter);
