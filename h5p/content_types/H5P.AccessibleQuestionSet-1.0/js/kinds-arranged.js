// Kinds whose answer puts things together: pairs and orders. What a kind has: kinds-chosen.js.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const { NOTHING, rows } = own;
  const { decode, same, words } = own.texts;

  // The parts of an answer that were filled; nothing for anything of another shape.
  function chosen(rowsOf, answer) {
    const given = answer && typeof answer === "object" && !Array.isArray(answer) ? answer : {};
    return new Map(rowsOf.filter((row) => given[row.id]).map((row) => [row.id, String(given[row.id])]));
  }

  function graded(parts) {
    if (!parts.length) return NOTHING;
    return { share: parts.filter((part) => part.correct).length / parts.length, parts };
  }

  // Several left sides may share one right side, which is then offered once.
  const matching = {
    load(params) {
      const given = params.matching || {};
      const pairs = rows(given.pairs)
        .map((row, number) => ({
          id: String(number),
          left: words(decode(row && row.left)),
          right: words(decode(row && row.right)),
        }))
        .filter((pair) => pair.left && pair.right);
      const texts = [...pairs.map((pair) => pair.right), ...rows(given.extra).map((text) => words(decode(text)))];
      const rights = new Map(texts.filter(Boolean).map((text) => [same(text), text]));
      const ids = [...rights.keys()];
      return {
        pairs: pairs.map((pair) => ({ ...pair, rightId: String(ids.indexOf(same(pair.right)) + 1) })),
        rights: ids.map((key, number) => ({ id: String(number + 1), text: rights.get(key) })),
      };
    },
    grade(question, answer) {
      const given = chosen(question.pairs, answer);
      return graded(
        question.pairs.map((pair) => ({ id: pair.id, correct: given.get(pair.id) === pair.rightId, feedback: "" })),
      );
    },
    isAnswered(question, answer) {
      const known = new Set(question.rights.map((right) => right.id));
      return [...chosen(question.pairs, answer).values()].some((right) => known.has(right));
    },
    isComplete: (question, answer) => chosen(question.pairs, answer).size === question.pairs.length,
    key: (question) => Object.fromEntries(question.pairs.map((pair) => [pair.id, pair.rightId])),
    describeKey: (question) => question.pairs.map((pair) => `${pair.left} – ${pair.right}`),
  };

  function places(question) {
    return question.items.map((_item, index) => String(index + 1));
  }

  // Each item in its place is worth the same; a place given to two items counts for neither.
  const ordering = {
    load: (params) => ({
      items: rows(params.items)
        .map((text, number) => ({ id: String(number), text: words(decode(text)) }))
        .filter((item) => item.text),
    }),
    grade(question, answer) {
      const given = chosen(question.items, answer);
      const all = [...given.values()];
      const isAlone = (place) => all.filter((other) => other === place).length === 1;
      return graded(
        places(question).map((place, index) => {
          const { id } = question.items[index];
          return { id, correct: given.get(id) === place && isAlone(place), feedback: "" };
        }),
      );
    },
    isAnswered(question, answer) {
      const known = places(question);
      return [...chosen(question.items, answer).values()].some((place) => known.includes(place));
    },
    isComplete(question, answer) {
      const given = [...chosen(question.items, answer).values()];
      return given.sort().join() === places(question).sort().join();
    },
    key: (question) => Object.fromEntries(question.items.map((item, index) => [item.id, String(index + 1)])),
    describeKey: (question) => question.items.map((item, index) => `${index + 1}. ${item.text}`),
  };

  own.chosen = chosen;
  own.kinds.matching = matching;
  own.kinds.ordering = ordering;
})();
