// <quiz-ordering>: items with a place to choose get „W górę” and „W dół”; a move or a chosen place numbers all items anew.
// Without JavaScript the places are chosen one by one.
function button(text, name, step) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--secondary button--small";
  made.dataset.step = step;
  made.textContent = text;
  const hidden = document.createElement("span");
  hidden.className = "visually-hidden";
  hidden.textContent = `: ${name}`;
  made.append(hidden);
  return made;
}

class QuizOrdering extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    if (!this.list || this.querySelector("[data-step]")) return;
    for (const item of this.items) {
      const name = item.querySelector("[data-text]").textContent;
      const moves = document.createElement("span");
      moves.className = "quiz-order__moves";
      moves.append(button("W górę", name, -1), button("W dół", name, 1));
      item.append(moves);
    }
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("change", (event) => this.choose(event));
    this.edges();
  }

  get items() {
    return [...this.list.children];
  }

  click(event) {
    const pressed = event.target.closest("[data-step]");
    if (!pressed) return;
    const item = pressed.closest("[data-item]");
    const place = this.items.indexOf(item) + Number(pressed.dataset.step);
    if (place < 0 || place >= this.items.length) return;
    this.move(item, place);
    pressed.focus();
    item.querySelector("select").dispatchEvent(new CustomEvent("answer", { bubbles: true }));
  }

  choose(event) {
    const place = Number(event.target.value);
    if (place) this.move(event.target.closest("[data-item]"), place - 1);
    event.target.focus();
  }

  move(item, place) {
    const others = this.items.filter((other) => other !== item);
    others.splice(place, 0, item);
    this.list.append(...others);
    for (const [index, row] of this.items.entries()) row.querySelector("select").value = String(index + 1);
    this.edges();
  }

  // aria-disabled keeps the focus where it is when an item reaches an end.
  edges() {
    const rows = this.items;
    for (const [index, row] of rows.entries()) {
      const [up, down] = row.querySelectorAll("[data-step]");
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === rows.length - 1));
    }
  }
}

customElements.define("quiz-ordering", QuizOrdering);
