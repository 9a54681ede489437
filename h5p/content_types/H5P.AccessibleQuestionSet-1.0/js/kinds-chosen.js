// Kinds whose answer is chosen: what the parameters say, and what an answer is worth.
//
// A kind has: load(params) -> question; grade(question, answer) -> {share: 0..1, parts}, where a part is {id, correct,
// feedback}; isAnswered, isComplete; key(question), the answer worth everything; describeKey(question, l10n) -> lines.
// Options, pairs and items are named by their number in the parameters, as text.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { decode, words } = own.texts;
  const NOTHING = { share: 0, parts: [] };

  function rows(list) {
    return Array.isArray(list) ? list : [];
  }

  function options(params) {
    return rows(params.options)
      .map((row, number) => ({
        id: String(number),
        text: words(decode(row && row.text)),
        correct: Boolean(row && row.correct),
        feedback: (row && row.feedback) || "",
        image: (row && row.image) || null,
        alt: words(decode(row && row.alt)),
      }))
      .filter((option) => option.text);
  }

  function texts(question, ids) {
    return question.options.filter((option) => ids.includes(option.id)).map((option) => option.text);
  }

  const single = {
    load: (params) => ({ options: options(params) }),
    grade(question, answer) {
      const option = question.options.find((found) => found.id === answer);
      if (!option) return NOTHING;
      const part = { id: option.id, correct: option.correct, feedback: option.feedback };
      return { share: option.correct ? 1 : 0, parts: [part] };
    },
    isAnswered: (question, answer) => question.options.some((option) => option.id === answer),
    isComplete: (question, answer) => single.isAnswered(question, answer),
    key: (question) => (question.options.find((option) => option.correct) || { id: null }).id,
    describeKey: (question) => texts(question, [single.key(question)]),
  };

  function marked(question, answer) {
    return Array.isArray(answer) ? question.options.filter((option) => answer.includes(option.id)) : [];
  }

  // (right − wrong) / all right, never below 0.
  const multiple = {
    load: (params) => ({ options: options(params) }),
    grade(question, answer) {
      const chosen = marked(question, answer);
      const all = question.options.filter((option) => option.correct).length;
      if (!chosen.length || !all) return NOTHING;
      const right = chosen.filter((option) => option.correct).length;
      const share = Math.max(0, (right - (chosen.length - right)) / all);
      return { share, parts: chosen.map(({ id, correct, feedback }) => ({ id, correct, feedback })) };
    },
    isAnswered: (question, answer) => marked(question, answer).length > 0,
    isComplete: (question, answer) => multiple.isAnswered(question, answer),
    key: (question) => question.options.filter((option) => option.correct).map((option) => option.id),
    describeKey: (question) => texts(question, multiple.key(question)),
  };

  const truth = {
    load: (params) => ({ isTrue: params.isTrue === true }),
    grade(question, answer) {
      if (typeof answer !== "boolean") return NOTHING;
      const correct = answer === question.isTrue;
      return { share: correct ? 1 : 0, parts: [{ id: String(answer), correct, feedback: "" }] };
    },
    isAnswered: (_question, answer) => typeof answer === "boolean",
    isComplete: (_question, answer) => typeof answer === "boolean",
    key: (question) => question.isTrue,
    describeKey: (question, l10n) => [question.isTrue ? l10n.isTrue : l10n.isFalse],
  };

  own.rows = rows;
  own.NOTHING = NOTHING;
  own.kinds.single_choice = single;
  own.kinds.multiple_choice = multiple;
  own.kinds.true_false = truth;
})();
