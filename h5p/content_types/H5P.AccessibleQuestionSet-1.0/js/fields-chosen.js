// The fields of a question: native controls with labels. One maker a kind: fields(question, place) -> {element,
// answer(), fill(answer), mark(parts)}; `place` has the question's id, texts, order, pictures and changed().
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { make } = own;

  const SIGNS = { correct: "✓", partial: "◐", wrong: "✗", none: "–", given: "–" };

  // A word about an answer, with a sign; never colour alone.
  own.verdict = function (name, text) {
    const sign = make("span", { class: "aqs-sign", "aria-hidden": "true" }, SIGNS[name]);
    return make("span", { class: `aqs-verdict aqs-verdict--${name}` }, sign, text);
  };

  // Marks beside controls, by part: `controls` maps a part's id to its control and to the element the mark goes into.
  own.marker = function (place, controls) {
    return function (parts) {
      for (const [id, { control, spot }] of controls) {
        const part = parts.find((found) => found.id === id);
        spot.replaceChildren();
        own.describe(control, spot.id, Boolean(part));
        if (!part) continue;
        const name = part.correct ? "correct" : "wrong";
        spot.append(own.verdict(name, place.l10n[name]));
      }
    };
  };

  // Adds an id to what describes a control, or takes it away.
  own.describe = function (control, id, isOn) {
    const ids = (control.getAttribute("aria-describedby") || "").split(" ").filter((known) => known && known !== id);
    if (isOn) ids.push(id);
    if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
    else control.removeAttribute("aria-describedby");
  };

  own.spot = (place, part) => make("span", { class: "aqs-spot", id: `${place.id}-mark-${part}` });

  function choices(place, type, options) {
    const controls = new Map();
    const rows = options.map((option) => {
      const id = `${place.id}-${option.id}`;
      const control = make("input", { type, id, name: place.id, value: option.id, change: place.changed });
      const picture = option.image ? place.picture(option.image, option.alt) : null;
      const label = make("label", { for: id }, option.text, picture && make("br"), picture);
      const spot = own.spot(place, option.id);
      controls.set(option.id, { control, spot });
      return make("div", { class: "aqs-choice" }, control, label, spot);
    });
    return { controls, element: make("div", { class: "aqs-choices" }, ...rows) };
  }

  function chosenOf(controls) {
    return [...controls.values()].map(({ control }) => control).filter((control) => control.checked);
  }

  function tick(controls, isTicked) {
    for (const { control } of controls.values()) control.checked = isTicked(control.value);
  }

  own.fields.single_choice = function (question, place) {
    const { controls, element } = choices(place, "radio", place.ordered(question.options));
    return {
      element,
      answer: () => chosenOf(controls).map((control) => control.value)[0] || null,
      fill: (answer) => tick(controls, (value) => value === answer),
      mark: own.marker(place, controls),
    };
  };

  own.fields.multiple_choice = function (question, place) {
    const { controls, element } = choices(place, "checkbox", place.ordered(question.options));
    return {
      element,
      answer() {
        const values = chosenOf(controls).map((control) => control.value);
        return values.length ? question.options.map(({ id }) => id).filter((id) => values.includes(id)) : null;
      },
      fill: (answer) => tick(controls, (value) => Array.isArray(answer) && answer.includes(value)),
      mark: own.marker(place, controls),
    };
  };

  // True comes first always: an order that changes would only confuse.
  own.fields.true_false = function (_question, place) {
    const { controls, element } = choices(place, "radio", [
      { id: "true", text: place.l10n.isTrue },
      { id: "false", text: place.l10n.isFalse },
    ]);
    return {
      element,
      answer() {
        const [control] = chosenOf(controls);
        return control ? control.value === "true" : null;
      },
      fill: (answer) => tick(controls, (value) => value === String(answer)),
      mark: own.marker(place, controls),
    };
  };
})();
