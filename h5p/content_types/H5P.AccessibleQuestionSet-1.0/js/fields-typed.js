// Fields to type into. What a maker gives: fields-chosen.js. Here also invalid(isInvalid): says so of the control.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { make } = own;
  const { filled } = own.texts;

  const MAX_TYPED = 500; // characters of one short answer
  const MAX_WRITTEN = 20000; // characters of one written text

  function line(place, id, more) {
    return make("input", {
      type: "text",
      id,
      class: "aqs-input",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      maxlength: MAX_TYPED,
      input: place.changed,
      ...more,
    });
  }

  // One labelled control whose answer is its text.
  function single(place, control, label, ...below) {
    const spot = own.spot(place, "one");
    const element = make(
      "div",
      { class: "aqs-single" },
      make("label", { class: "aqs-label", for: control.id }, ...label),
      control,
      spot,
      ...below,
    );
    return {
      element,
      answer: () => (own.texts.words(control.value) ? control.value : null),
      fill(answer) {
        control.value = typeof answer === "string" ? answer : "";
      },
      mark() {}, // the verdict of the question says it all
      invalid(isInvalid) {
        if (isInvalid) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
        own.describe(control, place.errorId, isInvalid);
      },
      focus: () => control.focus(),
    };
  }

  own.fields.short_text = (_question, place) =>
    single(place, line(place, `${place.id}-text`), [place.l10n.yourAnswer]);

  own.fields.number = function (question, place) {
    const unit = question.unit ? make("span", { class: "aqs-muted" }, ` (${question.unit})`) : "";
    const more = { inputmode: "decimal", class: "aqs-input aqs-input--number" };
    return single(place, line(place, `${place.id}-number`, more), [place.l10n.yourAnswer, unit]);
  };

  own.fields.open_text = function (question, place) {
    const count = make("p", { class: "aqs-muted", id: `${place.id}-count` });
    const control = make("textarea", { id: `${place.id}-text`, class: "aqs-input", rows: 8, maxlength: MAX_WRITTEN });
    const recount = () => {
      count.textContent = filled(place.l10n.wordCount, { count: own.countWords(control.value) });
    };
    control.addEventListener("input", () => {
      recount();
      place.changed();
    });
    const fields = single(place, control, [place.l10n.yourAnswer], count);
    own.describe(control, count.id, true);
    const fill = fields.fill;
    fields.fill = (answer) => {
      fill(answer);
      recount();
    };
    recount();
    return fields;
  };

  // The text itself with an input for each gap; it stands where other kinds have only their fields.
  own.fields.gaps = function (question, place) {
    const controls = new Map();
    const gap = (id) => {
      if (!question.gaps.some((known) => known.id === id)) return null;
      const control = line(place, `${place.id}-gap-${id}`, { class: "aqs-input aqs-input--gap" });
      const spot = own.spot(place, id);
      controls.set(id, { control, spot });
      const label = make(
        "label",
        { class: "aqs-hidden", for: control.id },
        filled(place.l10n.gap, { number: id }),
      );
      return make("span", { class: "aqs-gap" }, label, control, spot);
    };
    const element = make("div", { class: "aqs-prose aqs-gaps" }, place.rich(place.text, gap));
    return {
      element,
      answer() {
        const given = [...controls].filter(([, { control }]) => own.texts.words(control.value));
        return given.length ? Object.fromEntries(given.map(([id, { control }]) => [id, control.value])) : null;
      },
      fill(answer) {
        const given = own.chosen(question.gaps, answer);
        for (const [id, { control }] of controls) control.value = given.get(id) || "";
      },
      mark: own.marker(place, controls),
    };
  };
})();
