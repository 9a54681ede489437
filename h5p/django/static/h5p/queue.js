// Results and saved states on their way to the server. What the server has not confirmed stays on this device, under the
// person and the address that takes it, and goes again by itself. Every item has a key, so that one sent twice counts
// once.
const RETRY_FIRST = 2000; // ms; doubles up to
const RETRY_LAST = 30000;
const BATCH_ITEMS = 50;
const BATCH_SIZE = 300_000; // characters; the server takes 512 KB
const KEEPALIVE_SIZE = 60_000; // what a browser still sends for a page that is going
const PREFIX = "h5p:";

const storageOf = (person, address) => `${PREFIX}${person}:${address}`;

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function stored(key) {
  try {
    const items = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(items) ? items : [];
  } catch {
    return [];
  }
}

// On a shared computer nothing of one person stays for the next.
export function forgetOthers(person) {
  forget((key) => !key.startsWith(`${PREFIX}${person}:`));
}

export function forgetAll() {
  forget(() => true);
}

function forget(which) {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX) && which(key))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // A forbidden storage holds nothing.
  }
}

// `events` are functions of the page: waiting(), saved(receipt, items), refused(answer, items), stopped(answer).
export class ResultQueue {
  constructor({ address, person, version, token, events }) {
    Object.assign(this, { address, person, version, token, events });
    this.key = storageOf(person, address);
    this.retry = RETRY_FIRST;
    this.most = BATCH_ITEMS;
    this.items = new Map();
  }

  listen() {
    addEventListener("online", () => this.flush());
    addEventListener("offline", () => this.size && this.events.waiting());
  }

  // What an earlier page could not send: items of whichever version it played.
  restore() {
    for (const item of stored(this.key)) this.items.set(item.slot ?? item.key, item);
    return [...this.items.values()];
  }

  get size() {
    return this.items.size;
  }

  // A newer item of the same slot takes the place of one that waits.
  add(item, slot) {
    const entry = { ...item, key: uuid(), version: this.version };
    if (slot) entry.slot = slot;
    this.items.delete(slot ?? entry.key);
    this.items.set(slot ?? entry.key, entry);
    this.keep();
    return entry;
  }

  keep() {
    try {
      if (this.size) localStorage.setItem(this.key, JSON.stringify([...this.items.values()]));
      else localStorage.removeItem(this.key);
    } catch {
      // A full or forbidden storage: the items are still in the page.
    }
  }

  // Sends what waits, batch after batch; true when nothing is left.
  flush() {
    this.running ??= this.send().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  // The page is going: one last request, as large as browsers let it be.
  flushAtEnd() {
    const batch = this.batch(KEEPALIVE_SIZE);
    if (batch.length) this.request(batch, { keepalive: true }).catch(() => {});
  }

  async send() {
    clearTimeout(this.timer);
    while (this.size) {
      const batch = this.batch(BATCH_SIZE);
      const answer = await this.post(batch);
      if (answer === null) return this.later();
      if (answer.stop) {
        this.events.stopped(answer);
        return false;
      }
      this.settle(batch, answer);
    }
    this.retry = RETRY_FIRST;
    return true;
  }

  // One of a refused batch is at fault: they go one by one, and only that one is lost.
  settle(batch, answer) {
    const refused = !answer.saved;
    if (refused && batch.length > 1) {
      this.most = 1;
      return;
    }
    for (const item of batch) {
      const slot = item.slot ?? item.key;
      if (this.items.get(slot) === item) this.items.delete(slot);
    }
    this.keep();
    if (!this.size) this.most = BATCH_ITEMS;
    if (refused) this.events.refused(answer, batch);
    else this.events.saved(answer, batch);
  }

  // The next items that go together: of one version, and not too much. One that is too large by itself goes alone.
  batch(size) {
    const chosen = [];
    let length = 0;
    for (const item of this.items.values()) {
      length += JSON.stringify(item).length;
      const full = chosen.length >= this.most || length > size;
      if (chosen.length && (full || item.version !== chosen[0].version)) break;
      chosen.push(item);
    }
    return length > size && size < BATCH_SIZE && chosen.length === 1 ? [] : chosen;
  }

  request(batch, options) {
    const items = batch.map(({ slot, version, ...item }) => item);
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() };
    const body = JSON.stringify({ person: this.person, version: batch[0].version, items });
    return fetch(this.address, { method: "POST", headers, body, redirect: "error", ...options });
  }

  // The server's answer, or null where there was none: no network, or a server that is down or busy.
  async post(batch) {
    try {
      const response = await this.request(batch);
      if (response.status >= 500 || response.status === 429) return null;
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      const answer = isJson ? await response.json() : {};
      const stop = response.status === 401 || Boolean(answer.other_person) || (response.status === 403 && !isJson);
      return { ...answer, saved: response.ok ? (answer.saved ?? []) : undefined, status: response.status, stop };
    } catch {
      return null;
    }
  }

  later() {
    this.events.waiting();
    this.timer = setTimeout(() => this.flush(), this.retry);
    this.retry = Math.min(this.retry * 2, RETRY_LAST);
    return false;
  }
}
