// Authors' rich text: built anew from the few marks we know, so that nothing else gets into the page.
(function () {
  "use strict";
  const own = window.H5PAccessibleQuestionSet;

  const KEPT = new Set("P BR STRONG B EM I U S SUB SUP UL OL LI CODE BLOCKQUOTE".split(" "));
  const DROPPED = new Set("SCRIPT STYLE TEMPLATE TITLE NOSCRIPT IFRAME OBJECT EMBED SVG MATH".split(" "));
  const GAP = /\{\{([\s\S]*?)\}\}/g;
  const PICTURE = /\[image:(\d{1,3})\]/g;
  const PROTOCOLS = ["http:", "https:", "mailto:", "tel:"];

  // The rich text as a fragment. `pictures` gives an element for „[image:1]”, `gaps` one for each gap, `newTab` is
  // said of links; text that names no picture stays as it is.
  function rich(source, { pictures = () => null, gaps = null, newTab = "" } = {}) {
    let number = 0;
    const text = gaps
      ? String(source || "").replace(GAP, () => `<data value="${(number += 1)}"></data>`)
      : String(source || "");
    const parsed = new DOMParser().parseFromString(`<body>${text}`, "text/html");
    const fragment = document.createDocumentFragment();
    copy(parsed.body, fragment, { pictures, gaps, newTab });
    return fragment;
  }

  function copy(from, to, making) {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) to.append(...withPictures(node.data, making));
      else if (node.nodeType === Node.ELEMENT_NODE) element(node, to, making);
    }
  }

  function element(node, to, making) {
    const name = node.nodeName.toUpperCase();
    if (DROPPED.has(name)) return;
    if (name === "DATA" && making.gaps) {
      const gap = making.gaps(node.getAttribute("value"));
      if (gap) to.append(gap);
      return;
    }
    const made = KEPT.has(name) ? document.createElement(name) : name === "A" ? link(node) : null;
    if (made) to.append(made);
    copy(node, made || to, making);
    if (made && name === "A" && making.newTab) made.append(own.hidden(` (${making.newTab})`));
  }

  function link(node) {
    let address;
    try {
      address = new URL(node.getAttribute("href") || "");
    } catch {
      return null;
    }
    if (!PROTOCOLS.includes(address.protocol)) return null;
    return own.make("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" });
  }

  function withPictures(text, making) {
    const parts = text.split(PICTURE);
    return parts.map((part, index) => {
      const picture = index % 2 ? making.pictures(Number(part)) : null;
      return index % 2 ? picture || `[image:${part}]` : part;
    });
  }

  // Which pictures the texts name, from 1.
  function named(...texts) {
    return new Set(texts.flatMap((text) => [...String(text || "").matchAll(PICTURE)].map((found) => Number(found[1]))));
  }

  // Rich text in one line, for statements; gaps become `blank`.
  function plain(source, blank = "") {
    const parsed = new DOMParser().parseFromString(`<body>${String(source || "")}`, "text/html");
    for (const dropped of parsed.querySelectorAll("script, style")) dropped.remove();
    for (const block of parsed.querySelectorAll("p, br, li")) block.append(" ");
    return own.texts.words(parsed.body.textContent.replace(GAP, blank).replace(PICTURE, " "));
  }

  own.rich = rich;
  own.richText = { GAP, named, plain };
  own.hidden = (text) => own.make("span", { class: "aqs-hidden" }, text);
})();
