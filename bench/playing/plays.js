// Runs in the frame of a content and plays it as a person would: `play("some")` answers what is open, `play("all")` goes
// on to the end. What to do follows from the elements that are there, since types hold other types.
(() => {
  const PAUSE = 60; // ms after each act
  const MOST = 60; // acts of a kind, so that nothing goes on for ever
  const wait = (time = PAUSE) => new Promise((resolve) => setTimeout(resolve, time));
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  const shown = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
  const isOpen = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true";

  async function click(element) {
    element.click();
    await wait();
  }

  async function clickAll(selector) {
    for (const element of shown(selector).slice(0, MOST)) if (element.isConnected && isOpen(element)) await click(element);
  }

  async function press(element, keyCode, key) {
    element.focus();
    const options = { key, keyCode, which: keyCode, bubbles: true, cancelable: true };
    element.dispatchEvent(new KeyboardEvent("keydown", options));
    element.dispatchEvent(new KeyboardEvent("keyup", options));
    await wait();
  }

  async function fill(selector, text) {
    for (const field of shown(selector).slice(0, MOST)) {
      if (field.disabled || field.readOnly || field.value.replaceAll("＿", "")) continue;
      field.focus();
      field.value = text;
      for (const name of ["input", "keyup", "change", "blur"]) field.dispatchEvent(new Event(name, { bubbles: true }));
      await wait(10);
    }
  }

  const DRAGGED = ".ui-draggable, .h5p-draggable";

  // Draggable things of every type here take Enter, and so do the places for them.
  async function drag() {
    const things = shown(".h5p-drag-draggables-container [role=button], .h5p-draggable[role=button], .ui-draggable");
    for (const thing of things.slice(0, MOST)) {
      if (thing.closest(".h5p-drag-dropzone-container, .h5p-dropped")) continue;
      const before = thing.parentElement;
      await press(thing, 13, "Enter");
      const places = shown(".h5p-drag-dropzone-container [tabindex], .h5p-dropzone > [tabindex], .h5p-inner[tabindex]");
      const free = places.find((place) => !place.querySelector(DRAGGED) && !place.closest(DRAGGED));
      if (free) await press(free, 13, "Enter");
      if (thing.parentElement === before) await wait(200);
    }
  }

  async function claims() {
    for (let act = 0; act < MOST && shown(".summary-claim-unclicked").length; act += 1) {
      await click(shown(".summary-claim-unclicked")[0]);
      await wait(300);
    }
  }

  async function choices(most = MOST) {
    for (let act = 0; act < most && shown(".h5p-sc-current-slide .h5p-sc-alternative").length; act += 1) {
      await click(shown(".h5p-sc-current-slide .h5p-sc-alternative")[0]);
      await wait(2500); // it goes on by itself
    }
  }

  // One group of choices after the other: the first of each.
  async function firsts(groups, options) {
    for (const group of shown(groups)) {
      const option = [...group.querySelectorAll(options)].find(isShown);
      const isTaken = group.querySelector("[aria-checked=true], input:checked");
      if (option && !isTaken && isOpen(option)) await click(option);
    }
  }

  // Of a set of ours: each question is answered, whatever its kind.
  async function ours() {
    for (const part of shown(".aqs-part")) {
      const box = [...part.querySelectorAll("input[type=radio], input[type=checkbox]")].find(isShown);
      if (box && !part.querySelector("input:checked")) await click(box);
      for (const list of part.querySelectorAll("select")) {
        list.value = list.options[list.options.length - 1].value;
        list.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    await fill(".aqs-part input:not([type=radio], [type=checkbox])", "1");
    await fill(".aqs-part textarea", "Odpowiedź w kilku zdaniach. ".repeat(12)); // an answer may have a least number of words
  }

  async function answer() {
    await ours();
    await firsts(".h5p-answers, .h5p-true-false-answers", ".h5p-answer, .h5p-true-false-answer");
    await firsts(".h5p-simple-multiple-choice-alternatives", "input");
    await fill(".h5p-text-input, .h5p-input-wrapper input, .h5p-textinput", "Odpowiedź");
    await fill(".h5p-essay-input-field-textfield, .h5p-essay textarea", "Odpowiedź w kilku zdaniach. ".repeat(12));
    await fill(".h5p-crossword-input-fields-group-input", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    await fill(".h5p-text-input-element textarea, .h5p-documentation-tool textarea, .h5p-open-ended-question-input", "Cel");
    for (const word of shown(".h5p-word-selectable[aria-selected=false], [role=option][aria-selected=false]").slice(0, 2)) {
      await click(word);
    }
    await drag();
  }

  async function look() {
    await clickAll(".h5p-panel-button[aria-expanded=false], .h5p-panel-title[aria-expanded=false]");
    await clickAll(".h5p-image-hotspot");
    await clickAll(".h5p-dialogcards-turn");
  }

  const CHECK = ".h5p-question-check-answer, .h5p-essay-check-answer, .h5p-check-button, .h5p-crossword-button-check, .aqs-button--main";
  // The first that is there is pressed.
  const ONWARD = [
    ".h5p-question-finish",
    ".h5p-question-next",
    ".h5p-footer-next-slide",
    ".h5p-questionnaire-button-submit, .h5p-questionnaire-button",
    ".h5p-dialogcards-next, .h5p-navigation .h5p-next",
    ".h5p-navigation-button-next, .h5p-navigation-button",
    ".nav-next, .slider-container-mask .nav-next",
  ];

  async function onward() {
    for (const selector of ONWARD) {
      const button = shown(selector).find(isOpen);
      if (!button) continue;
      const before = document.body.innerHTML;
      await click(button);
      await wait(500);
      if (document.body.innerHTML !== before) return true;
    }
    return false;
  }

  async function play(how) {
    for (let step = 0; step < (how === "all" ? 30 : 1); step += 1) {
      await answer();
      if (how === "some") return choices(1);
      await look();
      await claims();
      await choices();
      await clickAll(CHECK);
      await wait(300);
      if (!(await onward())) return;
    }
  }

  window.benchPlay = play;
})();
