// What xAPI says of a question: its definition, and an answer as a response (IEEE 9274.1.1, interaction activities).
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;
  const BLANK = "__________"; // H5P's reports show a given answer in its place
  const MAX_PATTERNS = 20; // ways to fill all gaps that are listed
  const LANGUAGE = "en-US"; // the key under which H5P's reports look for every language

  const named = (text) => ({ [LANGUAGE]: text });
  const listed = (rows, text) => rows.map((row) => ({ id: row.id, description: named(row[text]) }));
  const joined = (pairs) => pairs.map(([one, other]) => `${one}[.]${other}`).join("[,]");

  // Every way to fill the gaps rightly, the first words first, as far as they are few.
  function patterns(gaps) {
    let all = [[]];
    for (const gap of gaps) {
      all = all.flatMap((begun) => gap.accepted.map((word) => [...begun, word])).slice(0, MAX_PATTERNS);
    }
    return all.map((filled) => `{case_matters=false}${filled.join("[,]")}`);
  }

  function choice(question) {
    const key = question.options.filter((option) => option.correct).map((option) => option.id);
    const choices = listed(question.options, "text");
    return { interactionType: "choice", choices, correctResponsesPattern: [key.join("[,]")] };
  }

  const DEFINITIONS = {
    single_choice: choice,
    multiple_choice: choice,
    true_false: (question) => ({
      interactionType: "true-false",
      correctResponsesPattern: [String(question.isTrue)],
    }),
    short_text: (question) => ({
      interactionType: "fill-in",
      correctResponsesPattern: question.accepted
        .filter((accepted) => accepted.percent === 100)
        .map((accepted) => `{case_matters=false}${accepted.text}`),
    }),
    number: (question) => ({
      interactionType: "fill-in",
      correctResponsesPattern: [own.texts.writtenNumber(question.answer, ".")],
    }),
    gaps: (question) => ({ interactionType: "fill-in", correctResponsesPattern: patterns(question.gaps) }),
    matching: (question) => ({
      interactionType: "matching",
      source: listed(question.pairs, "left"),
      target: listed(question.rights, "text"),
      correctResponsesPattern: [joined(question.pairs.map((pair) => [pair.id, pair.rightId]))],
    }),
    ordering: (question) => ({
      interactionType: "sequencing",
      choices: listed(question.items, "text"),
      correctResponsesPattern: [question.items.map((item) => item.id).join("[,]")],
    }),
    open_text: () => ({ interactionType: "long-fill-in" }),
  };

  const RESPONSES = {
    single_choice: (_question, answer) => answer || "",
    multiple_choice: (_question, answer) => (answer || []).join("[,]"),
    true_false: (_question, answer) => (typeof answer === "boolean" ? String(answer) : ""),
    gaps: (question, answer) => question.gaps.map((gap) => (answer || {})[gap.id] || "").join("[,]"),
    matching: (question, answer) => joined([...own.chosen(question.pairs, answer)]),
    ordering: (question, answer) =>
      [...own.chosen(question.items, answer)]
        .sort((one, other) => Number(one[1]) - Number(other[1]))
        .map(([id]) => id)
        .join("[,]"),
  };

  // The definition of a question whose rich text is `text`.
  own.definition = function (kind, question, text) {
    const isTyped = kind === "short_text" || kind === "number";
    const description = own.richText.plain(text, BLANK) + (isTyped ? ` ${BLANK}` : "");
    return {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      description: named(description),
      ...DEFINITIONS[kind](question),
    };
  };

  own.response = function (kind, question, answer) {
    const respond = RESPONSES[kind] || ((_question, text) => text || "");
    return respond(question, answer);
  };
})();
