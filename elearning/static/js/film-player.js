// <film-player data-start data-duration>: our own controls around a video, which without this script has the browser's.
//
// Says „film:played” with all parts that were played, every ten seconds and whenever somebody stops or leaves; and
// „film:time” when the place in the film changes. What a person chose (captions, their language, speed, loudness) is
// remembered on the device. Chapters and lines of the transcript are links to ?t=…; here they move the film instead.
import { PlayedParts } from "./played-parts.js";

const MEMORY = "film-player";
const EVERY = 10_000; // ms between two reports of a film that plays
const STEP = 5; // s of an arrow key
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const SHOWN = "showing";

export const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
};

class FilmPlayer extends HTMLElement {
  connectedCallback() {
    if (this.video) return;
    this.video = this.querySelector("video");
    this.memory = this.remembered();
    this.played = new PlayedParts(this.video);
    this.start = Number(this.dataset.start || 0) / 1000;
    this.video.controls = false;
    for (const name of ["controls", "keys", "follow-label"]) this.part(name)?.removeAttribute("hidden");
    this.listen();
    if (this.video.readyState) this.ready(); // it was loaded before this script
    this.prepareChoices();
    this.showTime();
    this.showPlaying();
    // It may have failed before anybody listened.
    if (this.video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) this.fail();
  }

  disconnectedCallback() {
    clearInterval(this.reporting);
  }

  part(name) {
    return this.querySelector(`[data-film-${name}]`);
  }

  on(name, event, action) {
    this.part(name)?.addEventListener(event, action);
  }

  get duration() {
    return Number.isFinite(this.video.duration) ? this.video.duration : Number(this.dataset.duration || 0) / 1000;
  }

  // Before the film is loaded its place is where it will begin.
  get time() {
    return this.video.readyState ? this.video.currentTime : this.start;
  }

  // --- What a person chose --------------------------------------------------------------------------------------------
  remembered() {
    try {
      return JSON.parse(localStorage.getItem(MEMORY)) ?? {};
    } catch {
      return {};
    }
  }

  remember(choice) {
    Object.assign(this.memory, choice);
    try {
      localStorage.setItem(MEMORY, JSON.stringify(this.memory));
    } catch {
      // Nothing is remembered then.
    }
  }

  get tracks() {
    return [...this.video.textTracks].filter(({ kind }) => kind === "captions" || kind === "subtitles");
  }

  prepareChoices() {
    const { captions, language, speed, volume, muted } = this.memory;
    const found = this.tracks.findIndex((track) => track.language === language);
    if (this.part("track") && found > 0) this.part("track").value = String(found);
    this.setCaptions(Boolean(captions), false);
    if (SPEEDS.includes(speed)) this.setSpeed(speed, false);
    if (volume >= 0 && volume <= 1) this.setVolume(volume, Boolean(muted), false);
    this.offerQualities("basic");
    const picture = this.part("picture");
    if (picture) picture.hidden = !document.pictureInPictureEnabled;
    const full = this.part("full");
    if (full) full.hidden = !document.fullscreenEnabled;
  }

  setCaptions(shown, kept = true) {
    const chosen = Number(this.part("track")?.value ?? 0);
    this.tracks.forEach((track, number) => (track.mode = shown && number === chosen ? SHOWN : "disabled"));
    this.part("captions")?.setAttribute("aria-pressed", String(shown));
    if (kept) this.remember({ captions: shown, language: this.tracks[chosen]?.language });
  }

  get hasCaptions() {
    return this.part("captions")?.getAttribute("aria-pressed") === "true";
  }

  setSpeed(speed, kept = true) {
    this.video.defaultPlaybackRate = this.video.playbackRate = speed;
    if (this.part("speed")) this.part("speed").value = String(speed);
    if (kept) this.remember({ speed });
  }

  setVolume(volume, muted, kept = true) {
    this.video.volume = volume;
    this.video.muted = muted;
    if (kept) this.remember({ volume, muted });
  }

  // --- Versions and qualities -----------------------------------------------------------------------------------------
  sources(version) {
    const template = this.querySelector(`template[data-film-sources="${version}"]`);
    return [...template.content.querySelectorAll("source")].filter((one) => this.video.canPlayType(one.type));
  }

  offerQualities(version) {
    const select = this.part("quality");
    const found = this.sources(version);
    select.replaceChildren(...found.map((one) => new Option(one.dataset.label, one.src)));
    select.closest("label").hidden = found.length < 2;
    const wanted = found.find((one) => one.dataset.label === this.memory.quality);
    if (!wanted) return;
    select.value = wanted.src;
    this.load(wanted.src);
  }

  // Another file of the same film, at the same place.
  load(address) {
    if (this.video.currentSrc === address) return;
    const [at, plays] = [this.time, !this.video.paused];
    this.start = at;
    this.video.src = address;
    if (plays) this.play();
  }

  // --- Playing --------------------------------------------------------------------------------------------------------
  listen() {
    const { video } = this;
    video.addEventListener("loadedmetadata", () => this.ready());
    video.addEventListener("timeupdate", () => this.showTime());
    video.addEventListener("durationchange", () => this.showTime());
    for (const name of ["play", "pause", "ended"]) video.addEventListener(name, () => this.showPlaying());
    for (const name of ["pause", "ended", "seeking"]) video.addEventListener(name, () => this.report());
    video.addEventListener("volumechange", () => this.showVolume());
    video.addEventListener("error", () => this.fail());
    video.querySelectorAll("source").item(video.querySelectorAll("source").length - 1)?.addEventListener("error", () => this.fail());
    video.addEventListener("click", () => this.toggle());
    this.reporting = setInterval(() => !video.paused && this.report(), EVERY);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.report());
    addEventListener("pagehide", () => this.report());
    document.addEventListener("fullscreenchange", () => this.showFull());
    this.on("play", "click", () => this.toggle());
    for (const button of this.querySelectorAll("[data-film-skip]")) {
      button.addEventListener("click", () => this.seek(this.time + Number(button.dataset.filmSkip)));
    }
    this.on("seek", "input", ({ target }) => this.seek(Number(target.value)));
    this.on("mute", "click", () => this.setVolume(video.volume, !video.muted));
    this.on("volume", "input", ({ target }) => this.setVolume(Number(target.value) / 100, false));
    this.on("captions", "click", () => this.setCaptions(!this.hasCaptions));
    this.on("track", "change", () => this.setCaptions(true));
    this.on("speed", "change", ({ target }) => this.setSpeed(Number(target.value)));
    this.on("quality", "change", ({ target }) => {
      this.remember({ quality: target.selectedOptions[0].text });
      this.load(target.value);
    });
    this.on("version", "change", ({ target }) => {
      this.offerQualities(target.value);
      this.load(this.part("quality").value);
    });
    this.on("picture", "click", () => this.toggleIn(document.pictureInPictureElement, () => document.exitPictureInPicture(), () => video.requestPictureInPicture()));
    this.on("full", "click", () => this.full());
    this.on("retry", "click", () => this.retry());
    this.addEventListener("keydown", (event) => this.key(event));
    for (const link of this.querySelectorAll("[data-film-go]")) {
      link.addEventListener("click", (event) => this.go(event, Number(link.dataset.filmGo) / 1000));
    }
  }

  ready() {
    this.part("error").hidden = true;
    if (this.start > 0 && this.start < this.duration) this.video.currentTime = this.start;
    this.setCaptions(this.hasCaptions, false);
  }

  play() {
    this.video.play().catch((error) => {
      if (error.name === "NotSupportedError") this.fail();
    });
  }

  toggle() {
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  seek(seconds) {
    const to = Math.min(Math.max(0, seconds), this.duration || seconds);
    if (this.video.readyState) this.video.currentTime = to;
    else this.start = to;
    this.showTime();
  }

  go(event, seconds) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.seek(seconds);
    this.play();
  }

  fail() {
    this.start = this.video.currentTime || this.start;
    this.part("error").hidden = false;
  }

  retry() {
    this.part("error").hidden = true;
    this.video.load();
    this.play();
    this.part("play").focus();
  }

  async toggleIn(isIn, leave, enter) {
    try {
      await (isIn ? leave() : enter());
    } catch {
      // The browser does not allow it now.
    }
  }

  full() {
    return this.toggleIn(document.fullscreenElement, () => document.exitFullscreen(), () => this.requestFullscreen());
  }

  // Keys work where the focus is in the player and the field it is on does not need them itself: sliders need arrows.
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return;
    const isLetter = event.key.length === 1 && event.key !== " ";
    const action = KEYS[isLetter ? event.key.toLowerCase() : event.key];
    if (!action || (!isLetter && event.target.closest("input"))) return;
    const presses = event.target.closest("button, a, summary, [tabindex]");
    if (presses && [" ", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    action.call(this);
  }

  changeSpeed(by) {
    const next = SPEEDS[SPEEDS.indexOf(this.video.playbackRate) + by];
    if (next) this.setSpeed(next);
  }

  changeVolume(by) {
    this.setVolume(Math.min(1, Math.max(0, this.video.volume + by)), false);
  }

  // --- What is shown --------------------------------------------------------------------------------------------------
  showTime() {
    const [time, duration] = [this.time, this.duration];
    const seek = this.part("seek");
    seek.max = String(Math.floor(duration));
    seek.value = String(Math.floor(time));
    seek.setAttribute("aria-valuetext", `${clock(time)} z ${clock(duration)}`);
    this.part("time").textContent = `${clock(time)} / ${clock(duration)}`;
    this.followTranscript(time);
    this.dispatchEvent(new CustomEvent("film:time", { bubbles: true, detail: { seconds: time } }));
  }

  followTranscript(time) {
    const lines = [...(this.part("passages")?.querySelectorAll("[data-film-go]") ?? [])];
    const now = lines.filter((line) => Number(line.dataset.filmGo) <= time * 1000 + 50).at(-1);
    if (!now || now === this.line) return;
    this.line?.removeAttribute("aria-current");
    now.setAttribute("aria-current", "true");
    this.line = now;
    const box = this.part("passages");
    if (!this.part("follow")?.checked || this.video.paused) return;
    box.scrollTop = now.offsetTop - box.offsetTop - box.clientHeight / 3;
  }

  showPlaying() {
    const plays = !this.video.paused && !this.video.ended;
    this.classList.toggle("film--plays", plays);
    this.part("play").setAttribute("aria-label", plays ? "Zatrzymaj" : "Odtwórz");
  }

  showVolume() {
    const { muted, volume } = this.video;
    this.part("mute").setAttribute("aria-pressed", String(muted));
    this.part("volume").value = String(Math.round(muted ? 0 : volume * 100));
  }

  showFull() {
    this.part("full")?.setAttribute("aria-pressed", String(document.fullscreenElement === this));
  }

  // --- What was played ------------------------------------------------------------------------------------------------
  report() {
    this.played.step();
    const { length, parts } = this.played;
    const position = Math.round(this.time * 1000);
    if (!length || (length === this.told?.length && position === this.told.position)) return;
    this.told = { length, position };
    this.dispatchEvent(new CustomEvent("film:played", { bubbles: true, detail: { played: structuredClone(parts), position } }));
  }
}

const KEYS = {
  " "() { this.toggle(); },
  k() { this.toggle(); },
  ArrowLeft() { this.seek(this.time - STEP); },
  ArrowRight() { this.seek(this.time + STEP); },
  ArrowUp() { this.changeVolume(0.1); },
  ArrowDown() { this.changeVolume(-0.1); },
  m() { this.setVolume(this.video.volume, !this.video.muted); },
  c() { if (this.part("captions")) this.setCaptions(!this.hasCaptions); },
  f() { this.full(); },
  "<"() { this.changeSpeed(-1); },
  ">"() { this.changeSpeed(1); },
};

customElements.define("film-player", FilmPlayer);
