// <h5p-player>: around a content in a frame of opaque origin, which it makes as high as the content is. With data-save
// it sends results and states there, and says „Zapisano 10:42” only after the server has answered. Words come
// from the page, in data-text-… attributes.
//
// Nothing the frame says is trusted: only messages of that very window are read, they are checked for their form, their
// size and their number, and the server checks them again.
import { ResultQueue, forgetAll, forgetOthers, uuid } from "./queue.js";

const CHANNEL = "h5p-frame";
const LARGEST_STATEMENT = 64_000; // characters of JSON
const LARGEST_STATE = 250_000;
const HIGHEST = 60_000; // px
const MESSAGES_A_SECOND = 40;
const MESSAGES_AT_ONCE = 400;
const GATHERING = 200; // ms to wait for what belongs to a result
const RARELY = 5000; // ms between requests that carry states only
const FAREWELL = 1500; // ms that logging out waits for the frame
const HEARTBEAT = 1000;
const LATE = 500; // ms within which the frame's own load is heard of

const isText = (value, longest) => typeof value === "string" && value.length <= longest;
const partOf = (statement) =>
  statement.object?.definition?.extensions?.["http://h5p.org/x-api/h5p-subContentId"] ?? "";
const isWhole = (statement) =>
  /\/(answered|completed)$/.test(statement.verb.id) &&
  !partOf(statement) &&
  !statement.context?.contextActivities?.parent?.length;

class H5PPlayer extends HTMLElement {
  connectedCallback() {
    if (this.frame) return;
    this.allowance = MESSAGES_AT_ONCE;
    this.counted = performance.now();
    this.attempt = this.dataset.attempt || uuid();
    this.state = this.readState();
    if (this.dataset.save) this.connect();
    this.onMessage = (event) => this.receive(event);
    addEventListener("message", this.onMessage);
    this.open();
    this.resizes = new ResizeObserver(() => this.ask("resize"));
    this.resizes.observe(this);
  }

  disconnectedCallback() {
    removeEventListener("message", this.onMessage);
    this.resizes?.disconnect();
    clearInterval(this.clock);
  }

  // --- The frame ----------------------------------------------------------------------------------------------------
  // It is in the page from the beginning, and may have said „hello” before anybody listened.
  open() {
    this.frame = this.part("frame").querySelector("iframe");
    this.loads = 0;
    this.frame.addEventListener("load", () => this.loaded());
    this.tell("start", { state: this.state });
  }

  // A frame that loads once more has left its content: there is nothing to listen to any more.
  loaded() {
    this.loads += 1;
    if (this.loads > 1) this.fail();
  }

  fail() {
    this.frame.remove();
    removeEventListener("message", this.onMessage);
    this.part("frame").textContent = this.dataset.textFailed;
  }

  part(name) {
    return this.querySelector(`[data-h5p-${name}]`);
  }

  tell(type, more) {
    this.frame.contentWindow?.postMessage({ channel: CHANNEL, type, ...more }, "*");
  }

  // The words of H5P's own resizing.
  ask(action) {
    if (this.greeted) this.frame.contentWindow?.postMessage({ context: "h5p", action }, "*");
  }

  receive({ source, data }) {
    if (source !== this.frame.contentWindow || typeof data !== "object" || data === null) return;
    if (!this.admits()) return;
    if (data.context === "h5p") this.resize(data);
    else if (data.channel === CHANNEL && Object.hasOwn(MESSAGES, data.type)) MESSAGES[data.type].call(this, data);
  }

  admits() {
    const now = performance.now();
    const grown = this.allowance + ((now - this.counted) / 1000) * MESSAGES_A_SECOND;
    this.counted = now;
    this.allowance = Math.min(grown, MESSAGES_AT_ONCE) - 1;
    if (this.allowance >= 0) return true;
    this.allowance = 0;
    return false;
  }

  resize({ action, scrollHeight, clientHeight }) {
    if (action === "hello") {
      this.greeted = true;
      this.ask("hello");
    } else if (action === "prepareResize") {
      if (scrollHeight !== clientHeight || this.frame.clientHeight !== scrollHeight) this.setHeight(clientHeight);
      this.ask("resizePrepared");
    } else if (action === "resize") this.setHeight(scrollHeight);
  }

  setHeight(pixels) {
    if (!Number.isFinite(pixels) || pixels < 0 || document.fullscreenElement === this.frame) return;
    this.frame.style.height = `${Math.min(Math.ceil(pixels), HIGHEST)}px`;
  }

  // --- What is saved ------------------------------------------------------------------------------------------------
  readState() {
    try {
      return JSON.parse(this.part("state")?.textContent || "{}");
    } catch {
      return {};
    }
  }

  connect() {
    const { save, person, version } = this.dataset;
    forgetOthers(person);
    this.queue = new ResultQueue({
      address: save,
      person,
      version: Number(version),
      token: () => this.token(),
      events: {
        waiting: () => this.say(this.dataset.textWaiting, true),
        saved: (receipt, items) => this.saved(receipt, items),
        refused: (answer) => this.say(answer.error || this.dataset.textRefused, true),
        stopped: (answer) => this.stopped(answer),
      },
    });
    this.queue.listen();
    const waiting = this.queue.restore();
    for (const { version: of, state } of waiting) {
      if (state && of === this.queue.version) this.keepState(state);
    }
    this.queue.add({ attempt: this.attempt, open: true });
    if (waiting.length) this.send(0);
    addEventListener("pagehide", () => this.queue.flushAtEnd());
    document.addEventListener("visibilitychange", () => this.hidden());
    document.addEventListener("submit", (event) => this.leaving(event), true);
    this.part("complete")?.addEventListener("click", () => this.complete());
  }

  // The cookie is newer than the page after somebody has logged in again.
  token() {
    const name = `${this.dataset.csrfCookie}=`;
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(name));
    return cookie ? cookie.slice(name.length) : this.querySelector('[name="csrfmiddlewaretoken"]')?.value;
  }

  keepState({ part, kind, data }) {
    const kinds = (this.state[part] ??= {});
    if (data === null) delete kinds[kind];
    else kinds[kind] = data;
  }

  // Sends after a short wait, in which what belongs together arrives.
  send(wait) {
    const due = performance.now() + wait;
    if (this.due && this.due <= due) return;
    clearTimeout(this.sending);
    this.due = due;
    this.sending = setTimeout(() => {
      this.due = undefined;
      this.queue.flush();
    }, wait);
  }

  saved(receipt, items) {
    const [last] = items.slice(-1);
    if (receipt.attempt && last.attempt === this.attempt) this.attempt = receipt.attempt;
    if (items.some((item) => item.statement || item.viewed) || this.unsaved) {
      this.say(this.dataset.textSaved.replace("{time}", receipt.at), false);
    }
    if (receipt.left !== undefined) this.wait(receipt.left);
    if (receipt.met) this.met();
    const detail = { ...receipt, items };
    if (receipt.finished) this.dispatchEvent(new CustomEvent("h5p:result", { bubbles: true, detail }));
  }

  say(text, unsaved) {
    this.unsaved = unsaved;
    const place = this.part("receipt");
    if (!place || place.textContent === text) return;
    place.textContent = text;
    place.classList.toggle("h5p-player__receipt--unsaved", unsaved);
  }

  // Nobody is logged in any more, or somebody else is.
  stopped(answer) {
    if (answer.other_person) {
      forgetAll();
      location.reload();
      return;
    }
    this.say(answer.error || this.dataset.textSignedOut, true);
    const resume = () => this.resumed();
    this.dispatchEvent(new CustomEvent("h5p:signed-out", { bubbles: true, detail: { resume } }));
  }

  // Logged in again over the page: what waits goes on where it stopped.
  resumed(token) {
    const field = this.querySelector('[name="csrfmiddlewaretoken"]');
    if (token && field) field.value = token;
    this.queue.flush();
  }

  async farewell() {
    const answered = new Promise((resolve) => (this.onSaved = resolve));
    this.tell("save");
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, FAREWELL))]);
    return this.queue.flush();
  }

  hidden() {
    if (document.visibilityState === "hidden") this.farewell();
  }

  // Logging out waits for what is not saved yet, then goes its way; nothing stays on the device.
  async leaving(event) {
    const form = event.target;
    if (!form.matches(this.dataset.logout) || form.dataset.h5pLeaving === "done") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.h5pLeaving) return;
    form.dataset.h5pLeaving = "waiting";
    const players = [...document.querySelectorAll("h5p-player")].filter((player) => player.queue);
    const sent = await Promise.all(players.map((player) => player.farewell()));
    if (!sent.every(Boolean) && !confirm(this.dataset.textLose)) {
      delete form.dataset.h5pLeaving;
      return;
    }
    forgetAll();
    form.dataset.h5pLeaving = "done";
    form.requestSubmit(event.submitter);
  }

  // --- „Oznacz jako ukończone” --------------------------------------------------------------------------------------
  wait(seconds) {
    const button = this.part("complete");
    if (!button || button.hidden) return;
    clearInterval(this.clock);
    const ends = performance.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((ends - performance.now()) / 1000);
      const minutes = Math.floor(left / 60);
      const time = `${minutes}:${String(left % 60).padStart(2, "0")}`;
      this.part("left").textContent = left > 0 ? this.dataset.textLeft.replace("{time}", time) : "";
      button.disabled = left > 0;
      if (left <= 0) clearInterval(this.clock);
    };
    this.clock = setInterval(tick, HEARTBEAT);
    tick();
  }

  complete() {
    this.queue.add({ attempt: this.attempt, viewed: true }, "viewed");
    this.send(0);
  }

  met() {
    const button = this.part("complete");
    if (button) button.hidden = true;
    const place = this.part("met");
    if (place) place.hidden = false;
  }
}

// What the frame may say. `this` is the player.
const MESSAGES = {
  // That it was opened is sent when the content is there, so that neither waits for the other.
  hello() {
    this.tell("start", { state: this.state });
    if (this.queue) this.send(0);
  },

  // A frame that was quicker than this page is not heard to load: its next load would leave the content.
  started({ complete }) {
    if (complete !== true) return;
    setTimeout(() => (this.loads ||= 1), LATE);
    if (this.queue) this.send(0);
  },

  failed() {
    this.fail();
  },

  saved() {
    this.onSaved?.();
  },

  statement({ statement }) {
    if (typeof statement !== "object" || statement === null || !isText(statement.verb?.id, 200)) return;
    if (JSON.stringify(statement).length > LARGEST_STATEMENT) return;
    this.dispatchEvent(new CustomEvent("h5p:statement", { bubbles: true, detail: statement }));
    if (!this.queue || !statement.result) return;
    this.queue.add({ attempt: this.attempt, statement });
    if (isWhole(statement)) this.attempt = uuid(); // the next result is of another attempt
    this.send(GATHERING);
  },

  state({ part, kind, data, preload }) {
    if (!isText(part, 64) || !isText(kind, 64) || (data !== null && !isText(data, LARGEST_STATE))) return;
    this.revision = Math.max((this.revision ?? 0) + 1, Date.now());
    const state = { part, kind, data, preload: preload !== false, revision: this.revision };
    this.keepState(state);
    if (!this.queue) return;
    this.queue.add({ attempt: this.attempt, state }, `state:${part}:${kind}`);
    this.send(RARELY);
  },

  // Only after a real click or key in the frame, which browsers count for the pages around it as well.
  link({ href }) {
    if (document.activeElement !== this.frame || !navigator.userActivation?.isActive) return;
    if (!isText(href, 4000) || !/^(https?|mailto):/i.test(href)) return;
    window.open(href, "_blank", "noopener,noreferrer");
  },
};

customElements.define("h5p-player", H5PPlayer);
