// One question on the page, and the part of the content that speaks xAPI for it.
(function (H5P) {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { make } = own;
  const { decode, filled, points, words } = own.texts;

  let made = 0;

  // `params` are those of one question; `set` is the content it belongs to; `number` counts from 1.
  function Question(params, set, number) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.set = set;
    this.l10n = set.l10n;
    this.parent = set;
    this.contentId = set.contentId;
    this.subContentId = params.subContentId || H5P.createUUID();
    this.kind = own.kinds[params.kind];
    this.question = this.kind.load(params);
    this.worth = this.kind.isScored === false ? 0 : Math.max(1, Number(params.points) || 1);
    made += 1;
    this.id = `aqs-${made}`;
    this.number = number;
  }

  Question.prototype = Object.create(H5P.EventDispatcher.prototype);
  Question.prototype.constructor = Question;

  // Builds the element anew. `total` questions are on the page; `seed` decides the order of what is shuffled.
  Question.prototype.build = function (total, seed, answer) {
    const { l10n } = this;
    const place = this.place(seed);
    this.errorBox = make("div", { class: "aqs-error", id: place.errorId });
    this.verdictBox = make("div", { class: "aqs-outcome", id: `${this.id}-outcome` });
    this.solutionBox = make("div", {});
    this.fields = own.fields[this.params.kind](this.question, place);
    this.fields.fill(answer);
    const prompt = make("div", { id: place.promptId });
    if (this.params.kind !== "gaps") {
      prompt.append(make("div", { class: "aqs-prose aqs-prompt" }, place.rich(place.text)));
    }
    prompt.append(make("p", { class: "aqs-muted" }, this.hint()));
    this.legend = make("legend", { tabindex: "-1" }, filled(l10n.questionNumber, { number: this.number, total }));
    this.fieldset = make(
      "fieldset",
      { class: "aqs-question", "aria-describedby": place.promptId },
      this.legend,
      prompt,
      ...this.loosePictures(place),
      this.errorBox,
      this.fields.element,
    );
    // Outside the fieldset: that one is disabled once the answers are checked.
    this.element = make("div", { class: "aqs-part" }, this.fieldset, this.verdictBox, this.solutionBox);
    return this.element;
  };

  // What the makers of fields need to know.
  Question.prototype.place = function (seed) {
    const ownSeed = (seed + this.number * 7919) >>> 0;
    const shuffled = (rows) => own.texts.shuffled(rows, ownSeed);
    const pictures = (number) => this.picture(number);
    return {
      id: `${this.id}-field`,
      promptId: `${this.id}-prompt`,
      errorId: `${this.id}-error`,
      text: this.params.text,
      l10n: this.l10n,
      shuffled,
      ordered: (rows) => (this.set.behaviour.shuffleOptions ? shuffled(rows) : rows),
      picture: (image, alt) => this.set.picture(image, alt),
      rich: (text, gaps = null) => own.rich(text, { pictures, gaps, newTab: this.l10n.newTab }),
      changed: () => this.set.changed(this),
    };
  };

  Question.prototype.picture = function (number) {
    const found = own.rows(this.params.pictures)[number - 1];
    return found && found.image ? this.set.picture(found.image, words(decode(found.alt))) : null;
  };

  // Pictures that no text names come below the text.
  Question.prototype.loosePictures = function () {
    const { feedback, options, pictures, shortText, text } = this.params;
    const rows = [...own.rows(options), ...own.rows(shortText && shortText.accepted)];
    const named = own.richText.named(text, feedback, ...rows.map((row) => row && row.feedback));
    const numbers = own.rows(pictures).map((_picture, index) => index + 1);
    const loose = numbers.filter((number) => !named.has(number)).map((number) => this.picture(number));
    return loose.filter(Boolean).map((picture) => make("p", {}, picture));
  };

  Question.prototype.hint = function () {
    const { l10n, question } = this;
    const kind = this.params.kind;
    const rules = [l10n[`hint_${kind}`]];
    if (question.ignoreDiacritics) rules.push(l10n.hintDiacritics);
    if (kind === "open_text") rules.push(length(question, l10n));
    if (this.worth) rules.push(filled(l10n.pointsToGet, { points: this.worth }));
    return rules.filter(Boolean).join(" ");
  };

  function length({ least, most }, l10n) {
    if (least && most) return filled(l10n.wordsRange, { least, most });
    if (least) return filled(l10n.wordsLeast, { least });
    return most ? filled(l10n.wordsMost, { most }) : "";
  }

  Question.prototype.answer = function () {
    return this.fields.answer();
  };

  Question.prototype.isAnswered = function () {
    return this.kind.isAnswered(this.question, this.answer());
  };

  Question.prototype.isComplete = function () {
    return this.kind.isComplete(this.question, this.answer());
  };

  Question.prototype.share = function () {
    return this.kind.grade(this.question, this.answer()).share;
  };

  // Shows what is wrong with the answer itself, and returns whether anything is.
  Question.prototype.complain = function () {
    const error = this.kind.error ? this.kind.error(this.question, this.answer(), this.l10n) : "";
    this.errorBox.replaceChildren();
    if (error) this.errorBox.append(own.verdict("wrong", error));
    if (this.fields.invalid) this.fields.invalid(Boolean(error));
    return Boolean(error);
  };

  Question.prototype.focus = function () {
    (this.fields.focus && this.errorBox.hasChildNodes() ? this.fields : this.legend).focus();
  };

  // How the answer did, in words, beside it; nothing can be changed any more.
  Question.prototype.showOutcome = function ({ withFeedback }) {
    this.fieldset.disabled = true;
    if (!withFeedback) return;
    const { parts } = this.kind.grade(this.question, this.answer());
    this.fields.mark(parts);
    this.verdictBox.replaceChildren(make("p", {}, ...this.verdict()));
    for (const part of parts) this.explain(part.feedback, "");
    this.explain(this.params.feedback, this.l10n.explanation);
  };

  Question.prototype.verdict = function () {
    const { l10n } = this;
    const answered = this.isAnswered();
    if (!this.worth) return [answered ? own.verdict("given", l10n.notScored) : own.verdict("none", l10n.none)];
    const share = this.share();
    const name = !answered ? "none" : share === 1 ? "correct" : share > 0 ? "partial" : "wrong";
    const score = points(share * this.worth, l10n.decimalMark);
    return [own.verdict(name, l10n[name]), ` · ${filled(l10n.pointsOf, { score, max: this.worth })}`];
  };

  Question.prototype.explain = function (text, heading) {
    if (!own.richText.plain(text) && !own.richText.named(text).size) return;
    const box = make("div", { class: "aqs-feedback" });
    if (heading) box.append(make("p", {}, make("strong", {}, heading)));
    box.append(make("div", { class: "aqs-prose" }, this.place(0).rich(text)));
    this.verdictBox.append(box);
  };

  Question.prototype.showSolution = function () {
    const lines = this.kind.describeKey(this.question, this.l10n).filter(Boolean);
    if (!lines.length) return;
    const heading = make("p", {}, make("strong", {}, this.l10n.solution));
    const rows = lines.map((text) => make("li", {}, text));
    this.solutionBox.replaceChildren(make("div", { class: "aqs-feedback" }, heading, make("ul", {}, ...rows)));
  };

  // What the content is called in statements: its prompt in one line.
  Question.prototype.getTitle = function () {
    return H5P.createTitle(own.richText.plain(this.params.text, "…"));
  };

  // The statement „answered” as the answer stands now.
  Question.prototype.statement = function () {
    const event = this.createXAPIEventTemplate("answered");
    const { definition } = event.data.statement.object;
    Object.assign(definition, own.definition(this.params.kind, this.question, this.params.text));
    const share = this.share();
    if (this.worth) event.setScoredResult(rounded(share * this.worth), this.worth, this, true, share === 1);
    else event.setScoredResult(undefined, undefined, this, true);
    event.data.statement.result.response = own.response(this.params.kind, this.question, this.answer());
    return event;
  };

  Question.prototype.getXAPIData = function () {
    return { statement: this.statement().data.statement };
  };

  // Points as they are reported: four places.
  function rounded(value) {
    return Math.round(value * 10000) / 10000;
  }

  own.rounded = rounded;
  own.Question = Question;
})(window.H5P);
