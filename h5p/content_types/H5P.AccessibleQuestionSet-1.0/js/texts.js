// Texts and numbers as people type them. Every rule here is also a rule of the platform's own quizzes, in Python:
// courses/questions. A test plays both on the same answers.
(function () {
  "use strict";
  const own = (window.H5PAccessibleQuestionSet = window.H5PAccessibleQuestionSet || {});

  // What Python's str.split takes for a space; \s differs.
  const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  // Letters with a stroke, which Unicode does not take apart into a letter and its mark.
  const STROKES = { ł: "l", đ: "d", ø: "o" };
  const NUMBER = /^([+-]?)(\d{1,3}(?: \d{3})+|\d{1,20})(?:[.,](\d{1,10}))?$/;
  const PLACES = 10; // decimal places a number may have; numbers are kept as whole multiples of the last one
  const UNIT = BigInt("1" + "0".repeat(PLACES));

  // The text with every run of spaces as one, and none at its ends.
  function words(text) {
    return String(text === undefined || text === null ? "" : text)
      .replace(SPACES, " ")
      .replace(/^ | $/g, "");
  }

  // Unicode case folding: „ß” is „ss”, both Greek sigmas are one, a dotless i stays what it is.
  function fold(text) {
    return text
      .split("ı")
      .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replace(/ς/g, "σ"))
      .join("ı");
  }

  // What two texts have in common when they read alike: case and spaces do not count.
  function same(text) {
    return fold(words(text));
  }

  // The same where letters typed in two keystrokes, and on request marks of letters, do not count either.
  function reads(text, ignoreDiacritics) {
    const read = same(text).normalize("NFC");
    if (!ignoreDiacritics) return read;
    return read.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[łđø]/g, (letter) => STROKES[letter]);
  }

  // Plain text of the parameters: hosts keep it escaped as HTML.
  function decode(text) {
    const area = document.createElement("textarea");
    area.innerHTML = String(text === undefined || text === null ? "" : text).replace(/</g, "&lt;");
    return area.value;
  }

  // The number a person wrote, in multiples of 10^-10, or null.
  function readNumber(typed) {
    const found = NUMBER.exec(words(String(typed).replace(/[−–]/g, "-")));
    if (!found) return null;
    const [, sign, whole, rest = ""] = found;
    const value = BigInt(whole.replace(/ /g, "") + rest.padEnd(PLACES, "0"));
    return sign === "-" ? -value : value;
  }

  // Such a number as people write it.
  function writtenNumber(value, decimalMark) {
    const size = value < 0 ? -value : value;
    const rest = String(size % UNIT).padStart(PLACES, "0").replace(/0+$/, "");
    return (value < 0 ? "-" : "") + String(size / UNIT) + (rest ? decimalMark + rest : "");
  }

  // Points for people: at most two places, rounded down.
  function points(value, decimalMark) {
    return String(Math.floor(value * 100 + 1e-6) / 100).replace(".", decimalMark);
  }

  // A sentence with its @places filled.
  function filled(sentence, values) {
    return String(sentence).replace(/@([a-z]+)/g, (place, name) => (name in values ? String(values[name]) : place));
  }

  // An order that depends on the seed alone (mulberry32).
  function shuffled(rows, seed) {
    let state = seed >>> 0;
    const next = () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
    const order = rows.slice();
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = Math.floor(next() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }

  // An element: attributes are set as they are, functions listen, null is left out.
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? "" : String(value));
      }
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  own.texts = { words, fold, same, reads, decode, readNumber, writtenNumber, points, filled, shuffled };
  own.make = make;
  own.kinds = own.kinds || {};
  own.fields = own.fields || {};
})();
