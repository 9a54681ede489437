// What was really played of a film since this page was opened: parts [start, end] in milliseconds.
//
// A part grows only while the film goes on at its own speed: a jump begins another one. So that seeking is no watching,
// and what a slow device skipped is not claimed.
const TOLERANCE = 0.5; // s by which a step may be longer than the time that has passed
const MOST_PARTS = 4000;

export class PlayedParts {
  constructor(video) {
    this.video = video;
    this.parts = [];
    for (const name of ["pause", "ended", "emptied", "waiting", "seeking"]) video.addEventListener(name, () => this.stop());
    for (const name of ["playing", "seeked"]) video.addEventListener(name, () => this.start());
    video.addEventListener("timeupdate", () => this.step());
  }

  start() {
    this.last = this.video.paused ? undefined : { at: this.video.currentTime, clock: performance.now() };
  }

  stop() {
    if (!this.video.seeking) this.step();
    this.last = undefined;
  }

  step() {
    const { currentTime, playbackRate, seeking } = this.video;
    if (!this.last || seeking) return;
    const advance = currentTime - this.last.at;
    const passed = (performance.now() - this.last.clock) / 1000;
    if (advance > 0 && advance <= passed * playbackRate + TOLERANCE) this.add(this.last.at, currentTime);
    this.last = { at: currentTime, clock: performance.now() };
  }

  add(from, to) {
    const [start, end] = [Math.round(from * 1000), Math.round(to * 1000)];
    const newest = this.parts.at(-1);
    if (newest && start >= newest[0] && start <= newest[1] + 50) newest[1] = Math.max(newest[1], end);
    else if (this.parts.length < MOST_PARTS) this.parts.push([start, end]);
  }

  get length() {
    return this.parts.reduce((sum, [start, end]) => sum + end - start, 0);
  }
}
