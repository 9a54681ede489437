// Fields for pairs and orders: lists to choose from and buttons; nothing has to be dragged. What a maker gives:
// fields-chosen.js.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { make } = own;
  const { filled, same } = own.texts;

  function option(value, text) {
    return make("option", { value }, text);
  }

  own.fields.matching = function (question, place) {
    const controls = new Map();
    // In the order of the alphabet where nothing is shuffled: never in the order of the key.
    const sorted = question.rights.slice().sort((one, other) => (same(one.text) < same(other.text) ? -1 : 1));
    const rights = place.ordered(sorted);
    const rows = place.ordered(question.pairs).map((pair) => {
      const id = `${place.id}-${pair.id}`;
      const choices = rights.map((right) => option(right.id, right.text));
      const control = make("select", { id, class: "aqs-input", change: place.changed }, option("", place.l10n.choose));
      control.append(...choices);
      const spot = own.spot(place, pair.id);
      controls.set(pair.id, { control, spot });
      return make("div", { class: "aqs-row" }, make("label", { for: id }, pair.left), control, spot);
    });
    return {
      element: make("div", { class: "aqs-rows" }, ...rows),
      answer() {
        const given = [...controls].filter(([, { control }]) => control.value);
        return given.length ? Object.fromEntries(given.map(([id, { control }]) => [id, control.value])) : null;
      },
      fill(answer) {
        const given = own.chosen(question.pairs, answer);
        for (const [id, { control }] of controls) {
          const value = given.get(id) || "";
          control.value = question.rights.some((right) => right.id === value) ? value : "";
        }
      },
      mark: own.marker(place, controls),
    };
  };

  // An order that is never the right one: that would be the key.
  function mixed(question, place) {
    const order = place.shuffled(question.items);
    const isKey = order.every((item, index) => item === question.items[index]);
    return isKey ? [...order.slice(1), ...order.slice(0, 1)] : order;
  }

  function button(text, item, step) {
    const look = "aqs-button aqs-button--small";
    const label = `${text}: ${item.text}`;
    return make("button", { type: "button", class: look, "data-step": step, "aria-label": label }, text);
  }

  own.fields.ordering = function (question, place) {
    const { l10n } = place;
    const total = question.items.length;
    const controls = new Map();
    const rowOf = new Map();
    const said = make("p", { class: "aqs-hidden", role: "status" });
    const list = make("ol", { class: "aqs-order" });
    let isGiven = false;

    for (const item of mixed(question, place)) {
      const label = filled(l10n.place, { item: item.text });
      const control = make("select", { class: "aqs-input aqs-input--place", "aria-label": label }, option("", "–"));
      control.append(...question.items.map((_item, index) => option(String(index + 1), String(index + 1))));
      const spot = own.spot(place, item.id);
      const moves = make("span", { class: "aqs-moves" });
      moves.append(button(l10n.moveUp, item, -1), button(l10n.moveDown, item, 1));
      const text = make("span", { class: "aqs-order-text" }, item.text, " ", spot);
      controls.set(item.id, { control, spot });
      rowOf.set(make("li", { class: "aqs-order-item" }, control, text, moves), item);
    }
    list.append(...rowOf.keys());

    const rows = () => [...list.children];
    const number = () => {
      rows().forEach((row, index) => {
        row.querySelector("select").value = isGiven ? String(index + 1) : "";
        const [up, down] = row.querySelectorAll("[data-step]");
        // Not disabled: the focus stays where it is when an item reaches an end.
        up.setAttribute("aria-disabled", String(index === 0));
        down.setAttribute("aria-disabled", String(index === total - 1));
      });
    };
    const move = (row, to, focused) => {
      if (to < 0 || to >= total) return;
      const others = rows().filter((other) => other !== row);
      others.splice(to, 0, row);
      list.append(...others);
      isGiven = true;
      number();
      focused.focus();
      said.textContent = filled(l10n.moved, { item: rowOf.get(row).text, place: to + 1, total });
      place.changed();
    };
    list.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-step]");
      if (!pressed) return;
      const row = pressed.closest("li");
      move(row, rows().indexOf(row) + Number(pressed.dataset.step), pressed);
    });
    list.addEventListener("change", (event) => {
      const to = Number(event.target.value);
      if (to) move(event.target.closest("li"), to - 1, event.target);
      else number();
    });
    number();

    return {
      element: make("div", {}, list, said),
      answer() {
        if (!isGiven) return null;
        return Object.fromEntries(rows().map((row, index) => [rowOf.get(row).id, String(index + 1)]));
      },
      fill(answer) {
        isGiven = own.kinds.ordering.isComplete(question, answer);
        if (isGiven) {
          const given = own.chosen(question.items, answer);
          const placeOf = (row) => Number(given.get(rowOf.get(row).id));
          list.append(...rows().sort((one, other) => placeOf(one) - placeOf(other)));
        }
        number();
      },
      mark: own.marker(place, controls),
    };
  };
})();
