// <rows-editor data-most="20">: adds, removes and moves rows in the page. A row keeps its names and ids wherever it stands;
// only its number is written anew. Without JavaScript the same buttons send the form, and the server does it.
const NEW = "nowy"; // in the names and ids of the row in the template
const CONTROLS = "input:not([type=hidden]), select, textarea";

class RowsEditor extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = this.querySelector("[data-rows]");
    this.blank = this.querySelector("[data-blank]");
    this.adder = this.querySelector("[data-add]");
    this.undoer = this.querySelector("[data-undo]");
    this.status = this.querySelector("[data-status]");
    this.made = 0;
    this.addEventListener("click", (event) => this.click(event));
    this.number();
  }

  get rows() {
    return [...this.list.children];
  }

  click(event) {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    if (button === this.undoer) return this.undo();
    if (button.getAttribute("aria-disabled") === "true") return this.refuse(button);
    if (button === this.adder) return this.add();
    const row = button.closest("[data-row]");
    if ("remove" in button.dataset) this.remove(row);
    else this.move(row, Number(button.dataset.step), button);
  }

  refuse(button) {
    this.say(button === this.adder ? `Najwięcej wierszy: ${this.dataset.most}.` : "Dalej nie można przesunąć.");
  }

  add() {
    const row = this.make(`n${Date.now().toString(36).slice(-6)}${(this.made += 1)}`);
    this.list.append(row);
    this.number();
    this.enter(row);
    this.say(`Dodano wiersz ${this.rows.length}.`);
    this.tell();
  }

  remove(row) {
    const place = this.rows.indexOf(row);
    this.removed = { row, place };
    row.remove();
    this.undoer.hidden = false;
    this.number();
    this.enter(this.rows[Math.min(place, this.rows.length - 1)]);
    this.say(`Usunięto wiersz ${place + 1}. Zostało wierszy: ${this.rows.length}.`);
    this.tell();
  }

  undo() {
    const { row, place } = this.removed;
    this.list.insertBefore(row, this.rows[place] ?? null);
    this.undoer.hidden = true;
    this.number();
    this.enter(row);
    this.say(`Przywrócono wiersz ${this.rows.indexOf(row) + 1}.`);
    this.tell();
  }

  move(row, step, button) {
    const place = this.rows.indexOf(row) + step;
    const others = this.rows.filter((other) => other !== row);
    this.list.insertBefore(row, others[place] ?? null);
    this.number();
    button.focus();
    this.say(`Wiersz jest teraz na miejscu ${place + 1} z ${this.rows.length}.`);
    this.tell();
  }

  // For a form that is filled in from elsewhere: empty rows with these keys instead of those that are there.
  show(keys) {
    this.list.replaceChildren(...keys.slice(0, Number(this.dataset.most)).map((key) => this.make(key)));
    this.number();
  }

  make(key) {
    const row = this.blank.content.firstElementChild.cloneNode(true);
    for (const element of row.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll(`-${NEW}-`, `-${key}-`));
      }
    }
    row.querySelector("input[type=hidden]").value = key;
    return row;
  }

  number() {
    const rows = this.rows;
    for (const [index, row] of rows.entries()) {
      row.querySelector("[data-number]").textContent = `Wiersz ${index + 1} z\u00a0${rows.length}`;
      row.querySelector("[data-remove-text]").textContent = `Usuń wiersz ${index + 1}`;
      for (const part of row.querySelectorAll("[data-this]")) part.textContent = `: wiersz ${index + 1}`;
      // aria-disabled keeps the focus where it is when a row reaches an end.
      const [up, down] = row.querySelectorAll("[data-step]");
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === rows.length - 1));
    }
    const isFull = rows.length >= Number(this.dataset.most);
    this.adder.setAttribute("aria-disabled", String(isFull));
    this.undoer.hidden ||= isFull;
  }

  enter(row) {
    (row?.querySelector(CONTROLS) ?? this.adder).focus();
  }

  say(text) {
    this.status.textContent = text;
  }

  tell() {
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("rows-editor", RowsEditor);
