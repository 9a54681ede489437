// Kinds whose answer is typed. What a kind has: kinds-chosen.js. Here also error(question, answer, l10n): what is wrong
// with the answer itself, in words, or nothing.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { NOTHING, rows, texts } = own;
  const { decode, filled, readNumber, reads, same, words, writtenNumber } = texts;

  function typed(answer) {
    return typeof answer === "string" ? words(answer) : "";
  }

  // Worth the best of the accepted answers that read like it.
  const shortText = {
    load(params) {
      const given = params.shortText || {};
      const accepted = rows(given.accepted)
        .map((row) => ({
          text: words(decode(row && row.text)),
          percent: row && typeof row.percent === "number" ? row.percent : 100,
          feedback: (row && row.feedback) || "",
        }))
        .filter((row) => row.text);
      return { accepted, ignoreDiacritics: given.ignoreDiacritics === true };
    },
    grade(question, answer) {
      const text = typed(answer);
      if (!text) return NOTHING;
      const read = (other) => reads(other, question.ignoreDiacritics);
      const fitting = question.accepted.filter((accepted) => read(accepted.text) === read(text));
      if (!fitting.length) return { share: 0, parts: [{ id: "", correct: false, feedback: "" }] };
      const best = fitting.reduce((one, other) => (other.percent > one.percent ? other : one));
      return { share: best.percent / 100, parts: [{ id: "", correct: best.percent === 100, feedback: best.feedback }] };
    },
    isAnswered: (_question, answer) => Boolean(typed(answer)),
    isComplete: (_question, answer) => Boolean(typed(answer)),
    key: (question) => (question.accepted.find((accepted) => accepted.percent === 100) || { text: "" }).text,
    describeKey(question, l10n) {
      const full = question.accepted.filter((accepted) => accepted.percent === 100).map((accepted) => accepted.text);
      const others = question.accepted.filter((accepted) => accepted.percent < 100);
      others.sort((one, other) => other.percent - one.percent);
      const part = ({ text, percent }) => filled(l10n.partOfPoints, { answer: text, percent });
      return [full.join(` ${l10n.or} `), ...others.map(part)];
    },
  };

  // What was typed, with the unit or without it.
  function numberOf(question, answer) {
    if (typeof answer !== "string") return null;
    const unit = same(question.unit);
    const text = unit ? same(answer) : answer;
    return readNumber(unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text);
  }

  function withUnit(question, text) {
    if (!question.unit) return text;
    return question.unit === "%" ? `${text}%` : `${text}\u00a0${question.unit}`;
  }

  const number = {
    load(params) {
      const given = params.number || {};
      const read = (value) => readNumber(decode(value)) || BigInt(0);
      return { answer: read(given.answer), tolerance: read(given.tolerance), unit: words(decode(given.unit)) };
    },
    grade(question, answer) {
      const value = numberOf(question, answer);
      if (value === null) return NOTHING;
      const distance = value > question.answer ? value - question.answer : question.answer - value;
      const correct = distance <= question.tolerance;
      return { share: correct ? 1 : 0, parts: [{ id: "", correct, feedback: "" }] };
    },
    isAnswered: (question, answer) => numberOf(question, answer) !== null,
    isComplete: (question, answer) => numberOf(question, answer) !== null,
    key: (question) => writtenNumber(question.answer, "."),
    describeKey(question, l10n) {
      const written = (value) => writtenNumber(value, l10n.decimalMark);
      if (!question.tolerance) return [withUnit(question, written(question.answer))];
      const low = written(question.answer - question.tolerance);
      return [filled(l10n.range, { low, high: withUnit(question, written(question.answer + question.tolerance)) })];
    },
    error: (question, answer, l10n) => (typed(answer) && numberOf(question, answer) === null ? l10n.notNumber : ""),
  };

  function filledGaps(question, answer) {
    const given = answer && typeof answer === "object" && !Array.isArray(answer) ? answer : {};
    return question.gaps.map((gap) => String(given[gap.id] || ""));
  }

  const gaps = {
    load(params) {
      const found = [...String(params.text || "").matchAll(own.richText.GAP)];
      const accepted = found.map((gap) => gap[1].split("|").map((word) => words(decode(word))));
      return { gaps: accepted.map((all, index) => ({ id: String(index + 1), accepted: all })) };
    },
    grade(question, answer) {
      const given = filledGaps(question, answer);
      const parts = question.gaps.map((gap, index) => ({
        id: gap.id,
        correct: gap.accepted.some((word) => same(word) === same(given[index])),
        feedback: "",
      }));
      const right = parts.filter((part) => part.correct).length;
      return parts.length ? { share: right / parts.length, parts } : NOTHING;
    },
    isAnswered: (question, answer) => filledGaps(question, answer).some(Boolean),
    isComplete: (question, answer) => filledGaps(question, answer).every(Boolean),
    key: (question) => Object.fromEntries(question.gaps.map((gap) => [gap.id, gap.accepted[0]])),
    describeKey(question, l10n) {
      const all = question.gaps.map((gap) => gap.accepted.join(` ${l10n.or} `));
      if (all.length === 1) return all;
      return all.map((accepted, index) => `${filled(l10n.gap, { number: index + 1 })}: ${accepted}`);
    },
  };

  function countWords(answer) {
    const text = typed(answer);
    return text ? text.split(" ").length : 0;
  }

  // Worth nothing by itself: no program can say what it is worth.
  const openText = {
    isScored: false,
    load(params) {
      const given = params.openText || {};
      return { least: Number(given.minWords) || 0, most: Number(given.maxWords) || 0 };
    },
    grade: () => NOTHING,
    isAnswered: (_question, answer) => Boolean(typed(answer)),
    isComplete: (question, answer) => countWords(answer) >= Math.max(question.least, 1),
    key: () => "",
    describeKey: () => [],
    error(question, answer, l10n) {
      const count = countWords(answer);
      return question.most && count > question.most ? filled(l10n.tooLong, { most: question.most, count }) : "";
    },
  };

  own.countWords = countWords;
  own.kinds.short_text = shortText;
  own.kinds.number = number;
  own.kinds.gaps = gaps;
  own.kinds.open_text = openText;
})();
