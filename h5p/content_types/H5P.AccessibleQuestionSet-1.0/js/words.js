// What learners read, where the parameters do not say it: the defaults of semantics.json. A test compares them.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;

  own.WORDS = {
    questionNumber: "Question @number of @total",
    pointsToGet: "Points: @points.",
    yourAnswer: "Your answer",
    hint_single_choice: "Choose one answer.",
    hint_multiple_choice:
      "Tick all correct answers. Some of them bring some of the points, and each wrong tick lowers the result.",
    hint_true_false: "Decide whether this sentence is true.",
    hint_short_text: "Type a short answer. Capital letters and spaces do not matter.",
    hintDiacritics: "Accents of letters do not matter either.",
    hint_number: "Type a number. You may use a comma or a point.",
    hint_gaps: "Fill in the gaps. Capital letters do not matter. Each gap that is filled rightly brings points.",
    hint_matching: "Choose what belongs to each element. Each right pair brings some of the points.",
    hint_ordering:
      "Put the elements in order: move them or choose their numbers. Each element in its place brings some of the points.",
    hint_open_text: "Answer in your own words. This answer gives no points here.",
    wordsRange: "Number of words: from @least to @most.",
    wordsLeast: "Number of words: at least @least.",
    wordsMost: "Number of words: at most @most.",
    wordCount: "Words so far: @count",
    isTrue: "True",
    isFalse: "False",
    gap: "Gap @number",
    choose: "Choose",
    place: "Place: @item",
    moveUp: "Up",
    moveDown: "Down",
    moved: "@item: place @place of @total",
    check: "Check the answers",
    checkAnyway: "Check all the same",
    retry: "Try again",
    showSolutions: "Show the right answers",
    incomplete: "These questions are not answered fully. Go to one, or check all the same.",
    goTo: "Go to question @number",
    notNumber: "Type a number, for example 12 or 86.34.",
    tooLong: "The answer is too long. It may have at most @most words and has @count.",
    correct: "Right",
    partial: "Partly right",
    wrong: "Wrong",
    none: "No answer",
    notScored: "No points are given for this answer",
    pointsOf: "@score of @max points",
    score: "Your result: @score of @max points (@percent%)",
    passed: "Passed. The pass mark is @percent%.",
    failed: "Not passed. The pass mark is @percent%.",
    finished: "That is all. Thank you for your answers.",
    solution: "Right answer",
    explanation: "Explanation",
    or: "or",
    partOfPoints: "@answer (@percent% of the points)",
    range: "from @low to @high",
    newTab: "opens in a new tab",
    decimalMark: ".",
  };

  // The texts of the parameters as plain text; what is empty is left out.
  own.decoded = function (texts) {
    const said = Object.entries(texts || {}).filter(([, text]) => typeof text === "string" && text);
    return Object.fromEntries(said.map(([name, text]) => [name, own.texts.decode(text)]));
  };
})();
