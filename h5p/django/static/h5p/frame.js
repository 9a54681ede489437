// Runs first in the frame in which a content plays. The frame is of opaque origin: no cookies, no storage, no page around
// it that it could reach. What the content has to say goes through messages to the page, which trusts none of them.
(function () {
  "use strict";

  const CHANNEL = "h5p-frame";
  const PATIENCE = 5000; // ms to wait for the page before the content starts without what was saved
  const PAUSE = 800; // ms without a touch or a key before the state is saved
  const GROWING = 12; // times in a row that a content may grow by itself; one as high as its frame would never stop

  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const settings = read("h5p-frame");
  const integration = (window.H5PIntegration = read("h5p-integration"));
  const page = window.parent;
  // Bundles write down here which of their files runs.
  const progress = (window.h5pFrame = { at: undefined });
  const H5P = (window.H5P = window.H5P || {});
  H5P.preventInit = true;

  // --- What an opaque origin forbids and H5P asks for anyway ---------------------------------------------------------
  function memory() {
    const methods = {
      getItem: (key) => (Object.hasOwn(store, key) ? store[key] : null),
      setItem: (key, value) => void (store[key] = String(value)),
      removeItem: (key) => void delete store[key],
      clear: () => Object.keys(store).forEach((key) => delete store[key]),
      key: (number) => Object.keys(store)[number] ?? null,
    };
    const store = Object.create(methods, { length: { get: () => Object.keys(store).length } });
    return store;
  }
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: memory(), configurable: true });
  }
  Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });
  // The one way out that no content security policy closes.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel"]) delete window[name];

  function tell(type, more) {
    page.postMessage({ channel: CHANNEL, type, ...more }, "*");
  }

  // --- Saved state ----------------------------------------------------------------------------------------------------
  let state = {}; // part -> kind of data -> JSON
  const sent = new Set();

  function getUserData(contentId, kind, done, part) {
    const kept = state[part || 0]?.[kind];
    if (kept === undefined) return done(undefined, undefined);
    if (kept === "RESET") return done(undefined, null);
    try {
      return done(undefined, JSON.parse(kept));
    } catch (error) {
      return done(error);
    }
  }

  function setUserData(contentId, kind, value, extras) {
    const { subContentId = 0, preloaded = true, errorCallback } = extras || {};
    const part = subContentId || 0;
    let data;
    try {
      data = JSON.stringify(value);
    } catch (error) {
      return void errorCallback?.(error);
    }
    if (data === undefined || data === state[part]?.[kind]) return;
    (state[part] ??= {})[kind] = data;
    tell("state", { part: String(part), kind: String(kind), data, preload: Boolean(preloaded) });
  }

  function deleteUserData(contentId, kind, part) {
    if (state[part || 0]) delete state[part || 0][kind];
    tell("state", { part: String(part || 0), kind: String(kind), data: null, preload: true });
  }

  function save() {
    for (const instance of H5P.instances ?? []) {
      if (typeof instance.getCurrentState !== "function") continue;
      try {
        const current = instance.getCurrentState();
        if (current !== undefined) setUserData(instance.contentId, "state", current);
      } catch (error) {
        console.warn(error); // the content's own fault; its other parts are saved all the same
      }
    }
  }

  // A part that cannot say its state must not take the states of all others with it: it keeps the one it began with.
  function guardStates() {
    const { newRunnable } = H5P;
    H5P.newRunnable = function (library, contentId, place, skipResize, extras) {
      const instance = newRunnable.apply(this, arguments);
      const current = instance?.getCurrentState;
      if (typeof current !== "function") return instance;
      instance.getCurrentState = function () {
        try {
          return current.apply(this, arguments);
        } catch (error) {
          console.warn(error);
          return extras?.previousState;
        }
      };
      return instance;
    };
  }

  let pause;
  function saveSoon(wait = PAUSE) {
    clearTimeout(pause);
    pause = setTimeout(save, wait);
  }

  // --- Results --------------------------------------------------------------------------------------------------------
  const partOf = (statement) =>
    statement?.object?.definition?.extensions?.["http://h5p.org/x-api/h5p-subContentId"] ?? "";
  const isResult = (statement) => /\/(answered|completed)$/.test(statement?.verb?.id ?? "");
  const isWhole = (statement) =>
    isResult(statement) && !partOf(statement) && !statement.context?.contextActivities?.parent?.length;

  function tellStatement(statement) {
    const copy = JSON.parse(JSON.stringify(statement));
    delete copy.actor; // the server knows who it is
    tell("statement", { statement: copy });
  }

  // Parts that answer only when the whole is handed in: told with it, and before it.
  function tellParts(instance) {
    const open = [instance.getXAPIData?.()];
    while (open.length) {
      const data = open.pop();
      if (!data) continue;
      open.push(...(data.children ?? []));
      const part = partOf(data.statement);
      if (part && data.statement.result && !sent.has(part)) tellStatement(data.statement);
    }
  }

  let told = 0; // results of the whole
  function onStatement(event) {
    const { statement } = event.data ?? {};
    if (!statement) return;
    if (isResult(statement) && partOf(statement)) sent.add(partOf(statement));
    if (isWhole(statement)) {
      told += 1;
      try {
        (H5P.instances ?? []).forEach(tellParts);
      } catch (error) {
        console.warn(error);
      }
      sent.clear();
    }
    tellStatement(statement);
    saveSoon(50);
  }

  // Old types report their score without a statement.
  function setFinished(contentId, score, maxScore, time) {
    const before = told;
    setTimeout(() => {
      if (told !== before || typeof score !== "number") return;
      const result = { score: { raw: score, max: maxScore, min: 0 }, completion: true };
      if (maxScore > 0) result.score.scaled = score / maxScore;
      if (Number.isFinite(time)) result.duration = `PT${Math.max(0, Math.round(time))}S`;
      const verb = { id: "http://adlnet.gov/expapi/verbs/completed", display: { "en-US": "completed" } };
      onStatement({ data: { statement: { verb, result, object: { id: integration.contents[cid].url } } } });
    });
  }

  // --- Links: the page opens them, after a real click -----------------------------------------------------------------
  function openLink(href) {
    tell("link", { href: String(href) });
    return null;
  }

  function onClick(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || link.hasAttribute("download")) return;
    const address = link.getAttribute("href");
    if (address.startsWith("#") || !/^(https?|mailto):$/.test(link.protocol)) return;
    if (settings.alone) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      return;
    }
    event.preventDefault();
    openLink(link.href);
  }

  // --- Start ----------------------------------------------------------------------------------------------------------
  const cid = Object.keys(integration.contents)[0];
  let started = false;
  let greeted;
  const answered = new Promise((resolve) => (greeted = resolve));

  addEventListener("message", ({ source, data }) => {
    if (source !== page || data?.channel !== CHANNEL) return;
    if (data.type === "start") {
      greeted(data.state);
      tell("started", { complete: document.readyState === "complete" });
    }
    if (data.type === "save") {
      save();
      tell("saved");
    }
  });

  // What a bundle did not run is fetched by itself, all but the file that failed.
  function missingScripts() {
    if (!settings.bundled || progress.at === settings.scripts.length) return [];
    return settings.scripts.slice(progress.at === undefined ? 0 : progress.at + 1);
  }

  function load(address) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      script.onload = script.onerror = resolve;
      document.head.append(script);
    });
  }

  function loadStyles() {
    const bundle = document.querySelector("link[data-bundle]");
    if (!bundle || bundle.sheet) return;
    for (const href of settings.styles) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
    }
  }

  function start(saved) {
    if (started) return;
    started = true;
    state = saved && typeof saved === "object" ? saved : {};
    integration.contents[cid].contentUserData = state;
    integration.saveFreq ||= 10; // seconds; without it H5P does not hand over what was saved
    Object.assign(H5P, { getUserData, setUserData, deleteUserData, setFinished });
    H5P.externalDispatcher.on("xAPI", onStatement);
    guardStates();
    if (!settings.alone) window.open = openLink;
    try {
      H5P.init(document.body);
    } catch (error) {
      console.warn(error);
    }
    if (!H5P.instances.length) tell("failed");
    grow();
  }

  // Contents that change their height without saying so.
  function grow() {
    let times = 0;
    for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (times = 0), true);
    new ResizeObserver(() => {
      const { scrollHeight, clientHeight } = document.body;
      if (settings.alone || H5P.isFullscreen || scrollHeight <= innerHeight || times >= GROWING) return;
      times += 1;
      H5P.communicator.send("prepareResize", { scrollHeight, clientHeight });
    }).observe(document.body);
  }

  document.addEventListener("DOMContentLoaded", async () => {
    loadStyles();
    await Promise.all(missingScripts().map(load));
    if (!H5P.jQuery) return tell("failed");
    if (!settings.alone) {
      tell("hello");
      setTimeout(greeted, PATIENCE);
    } else greeted();
    const saved = await answered;
    H5P.jQuery(() => start(saved));
  });
  document.addEventListener("click", onClick);
  for (const name of ["pointerup", "keyup", "change"]) addEventListener(name, () => saveSoon(), true);
  // The pointer or the focus leaves: perhaps for a link of the page around.
  document.documentElement.addEventListener("mouseleave", save);
  for (const name of ["blur", "pagehide"]) addEventListener(name, save);
  document.addEventListener("visibilitychange", save);
})();
