// What stands below the questions: what is missing, the buttons, and the result of the whole.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { make } = own;
  const { filled, points } = own.texts;

  function button(text, act, { isMain = false } = {}) {
    const look = isMain ? "aqs-button aqs-button--main" : "aqs-button";
    return make("button", { type: "button", class: look, click: act }, text);
  }

  // The foot of the page. `acts` are check(isSure), showSolutions(), retry() and goTo(question).
  function Foot(l10n, acts) {
    this.l10n = l10n;
    this.acts = acts;
    this.notice = make("div", { class: "aqs-notice", tabindex: "-1" });
    this.buttons = make("div", { class: "aqs-buttons" });
    this.element = make("div", { class: "aqs-foot" }, this.notice, this.buttons);
  }

  // Before the answers are checked.
  Foot.prototype.ask = function () {
    this.notice.replaceChildren();
    this.buttons.replaceChildren(button(this.l10n.check, () => this.acts.check(false), { isMain: true }));
  };

  // Some questions are not answered: the learner may go there, or check all the same.
  Foot.prototype.warn = function (missing) {
    const { l10n } = this;
    const rows = missing.map((question) =>
      make("li", {}, button(filled(l10n.goTo, { number: question.number }), () => this.acts.goTo(question))),
    );
    this.say(make("p", {}, own.verdict("partial", l10n.incomplete)), make("ul", { class: "aqs-plain" }, ...rows));
    this.buttons.replaceChildren(button(l10n.checkAnyway, () => this.acts.check(true), { isMain: true }));
    this.notice.focus();
  };

  // After the answers are checked. `result` has score, max, isPassed and passPercentage; score is null where it is kept
  // back or where nothing gives points.
  Foot.prototype.finish = function (result, { canShowSolutions, canRetry }) {
    const { l10n } = this;
    this.say(...(result.score === null ? [make("p", {}, l10n.finished)] : this.scored(result)));
    this.buttons.replaceChildren();
    if (canShowSolutions) this.buttons.append(button(l10n.showSolutions, () => this.acts.showSolutions()));
    if (canRetry) this.buttons.append(button(l10n.retry, () => this.acts.retry()));
  };

  Foot.prototype.scored = function ({ score, max, isPassed, passPercentage }) {
    const { l10n } = this;
    const percent = Math.floor((score / max) * 100 + 1e-6);
    const text = filled(l10n.score, { score: points(score, l10n.decimalMark), max, percent });
    const lines = [make("p", { class: "aqs-score" }, text)];
    if (passPercentage > 0) {
      const word = filled(isPassed ? l10n.passed : l10n.failed, { percent: passPercentage });
      lines.push(make("p", {}, own.verdict(isPassed ? "correct" : "wrong", word)));
    }
    return lines;
  };

  Foot.prototype.say = function (...nodes) {
    this.notice.replaceChildren(...nodes);
  };

  own.Foot = Foot;
})();
