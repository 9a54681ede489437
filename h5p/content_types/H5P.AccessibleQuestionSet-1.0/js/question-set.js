// The content type itself, as H5P's core calls it.
(function (H5P) {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { make } = own;
  const INTERACTED = 1500; // ms without a key before a typed answer is reported
  const BEHAVIOUR = {
    enableRetry: true,
    enableSolutionsButton: true,
    showFeedback: true,
    showScore: true,
    shuffleOptions: false,
    shuffleQuestions: false,
    passPercentage: 50,
  };

  // `extras` may hold previousState, metadata and parent.
  H5P.AccessibleQuestionSet = function (params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    const state = (extras && extras.previousState) || {};
    this.params = params || {};
    this.contentId = contentId;
    this.extras = extras || {};
    this.l10n = { ...own.WORDS, ...own.decoded(this.params.l10n) };
    this.behaviour = { ...BEHAVIOUR, ...this.params.behaviour };
    this.seed = Number.isInteger(state.seed) ? state.seed : own.newSeed();
    this.previous = state.answers && typeof state.answers === "object" ? state.answers : {};
    this.isChecked = state.checked === true;
    this.hasSolutions = state.solutions === true;
    this.timers = new Map();
    if (this.extras.parent) this.parent = this.extras.parent;
    const known = own.rows(this.params.questions).filter((question) => question && own.kinds[question.kind]);
    this.all = known.map((question, index) => new own.Question(question, this, index + 1));
  };

  const Type = H5P.AccessibleQuestionSet;
  Type.prototype = Object.create(H5P.EventDispatcher.prototype);
  Type.prototype.constructor = Type;

  own.newSeed = () => Math.floor(Math.random() * 2147483647);

  Type.prototype.attach = function ($container) {
    const container = $container.jquery ? $container[0] : $container;
    this.language = this.extras.metadata && this.extras.metadata.defaultLanguage;
    this.root = make("div", { class: "aqs", lang: this.language || null });
    container.classList.add("h5p-accessible-question-set");
    container.append(this.root);
    this.build();
    this.setActivityStarted();
  };

  // Questions and their fields, filled with what is known of the answers.
  Type.prototype.build = function () {
    const hasIntro = Boolean(own.richText.plain(this.params.intro));
    const intro = hasIntro ? own.rich(this.params.intro, { newTab: this.l10n.newTab }) : null;
    this.questions = this.behaviour.shuffleQuestions ? own.texts.shuffled(this.all, this.seed) : this.all;
    this.questions.forEach((question, index) => {
      question.number = index + 1;
    });
    this.foot = new own.Foot(this.l10n, {
      check: (isSure) => this.check(isSure),
      goTo: (question) => question.focus(),
      retry: () => this.retry(),
      showSolutions: () => {
        this.showSolutions();
        this.questions[0].focus();
      },
    });
    this.root.replaceChildren(
      ...(intro ? [make("div", { class: "aqs-prose" }, intro)] : []),
      ...this.questions.map((question) => question.build(this.questions.length, this.seed, this.answerOf(question))),
      this.foot.element,
    );
    this.foot.ask();
    if (this.isChecked) this.showOutcome();
    if (this.isChecked && this.hasSolutions) this.showSolutions();
    this.trigger("resize");
  };

  Type.prototype.answerOf = function (question) {
    return this.previous[String(this.all.indexOf(question))];
  };

  // A picture of the content; the page grows when it has come.
  Type.prototype.picture = function (image, alt) {
    if (!image || !image.path) return null;
    const source = H5P.getPath(image.path, this.contentId);
    const grow = () => this.trigger("resize");
    return make("img", { src: source, alt: alt || "", width: image.width, height: image.height, load: grow });
  };

  // An answer was changed. Reports of what is being typed wait for a pause.
  Type.prototype.changed = function (question) {
    if (question.errorBox.hasChildNodes()) question.complain();
    clearTimeout(this.timers.get(question));
    this.timers.set(
      question,
      setTimeout(() => question.triggerXAPI("interacted"), INTERACTED),
    );
    this.trigger("resize");
  };

  // Checks all answers: first that they can be checked, then that nothing is forgotten.
  Type.prototype.check = function (isSure) {
    const wrong = this.questions.filter((question) => question.complain());
    this.trigger("resize");
    if (wrong.length) {
      wrong[0].focus();
      return;
    }
    const missing = this.questions.filter((question) => !question.isComplete());
    if (missing.length && !isSure) {
      this.foot.warn(missing);
      this.trigger("resize");
      return;
    }
    this.finish();
  };

  Type.prototype.finish = function () {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.isChecked = true;
    this.showOutcome();
    this.foot.notice.focus();
    for (const question of this.questions) question.trigger(question.statement());
    this.trigger(this.statement());
  };

  Type.prototype.showOutcome = function () {
    for (const question of this.questions) question.showOutcome({ withFeedback: this.behaviour.showFeedback });
    this.showResult();
  };

  Type.prototype.showResult = function () {
    const { enableRetry, enableSolutionsButton, passPercentage, showScore } = this.behaviour;
    const max = this.getMaxScore();
    const score = showScore && max ? this.getScore() : null;
    this.foot.finish(
      { score, max, isPassed: this.isPassed(), passPercentage },
      { canShowSolutions: enableSolutionsButton && !this.hasSolutions, canRetry: enableRetry },
    );
    this.trigger("resize");
  };

  Type.prototype.retry = function () {
    this.resetTask();
    this.activityStartTime = undefined;
    this.setActivityStarted();
    if (this.questions.length) this.questions[0].focus();
  };

  Type.prototype.exactScore = function () {
    return this.all.reduce((sum, question) => sum + question.share() * question.worth, 0);
  };

  Type.prototype.isPassed = function () {
    return this.exactScore() * 100 + 1e-6 >= this.behaviour.passPercentage * this.getMaxScore();
  };

  // The statement „completed” of the whole, as it stands now.
  Type.prototype.statement = function () {
    const event = this.createXAPIEventTemplate("completed");
    const max = this.getMaxScore();
    if (max) event.setScoredResult(this.getScore(), max, this, true, this.isPassed());
    else event.setScoredResult(undefined, undefined, this, true);
    const definition = event.data.statement.object && event.data.statement.object.definition;
    if (definition) {
      definition.type = "http://adlnet.gov/expapi/activities/cmi.interaction";
      definition.interactionType = "compound";
      definition.description = { "en-US": this.getTitle() };
    }
    return event;
  };

  // --- H5P's contracts for questions ---------------------------------------------------------------------------------
  Type.prototype.getScore = function () {
    return this.root ? own.rounded(this.exactScore()) : 0;
  };

  Type.prototype.getMaxScore = function () {
    return this.all.reduce((sum, question) => sum + question.worth, 0);
  };

  Type.prototype.getAnswerGiven = function () {
    return Boolean(this.root) && this.all.some((question) => question.isAnswered());
  };

  Type.prototype.showSolutions = function () {
    if (!this.isChecked) {
      this.isChecked = true;
      this.showOutcome();
    }
    this.hasSolutions = true;
    for (const question of this.questions) question.showSolution();
    this.showResult();
  };

  Type.prototype.resetTask = function () {
    this.previous = {};
    this.isChecked = false;
    this.hasSolutions = false;
    this.seed = own.newSeed();
    if (this.root) this.build();
  };

  // Small and plain: answers by the number of their question among all, in the order of the parameters.
  Type.prototype.getCurrentState = function () {
    if (!this.root) return undefined;
    const answers = {};
    this.all.forEach((question, index) => {
      const answer = question.answer();
      if (answer !== null) answers[String(index)] = answer;
    });
    if (!Object.keys(answers).length && !this.isChecked) return {};
    return { seed: this.seed, answers, checked: this.isChecked, solutions: this.hasSolutions };
  };

  Type.prototype.getXAPIData = function () {
    return {
      statement: this.statement().data.statement,
      children: this.all.map((question) => question.getXAPIData()),
    };
  };

  Type.prototype.getTitle = function () {
    const title = this.extras.metadata && this.extras.metadata.title;
    return H5P.createTitle(title || "Accessible Question Set");
  };
})(window.H5P);
