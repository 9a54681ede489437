// Answers on their way to the server. What the server has not confirmed stays on this device, under the person and the
// address that takes it, and goes again by itself. Every page counts what it sends, so that the server knows newer from
// older.
const RETRY_FIRST = 2000; // ms; doubles up to
const RETRY_LAST = 30000;
const PREFIX = "podejscie:";

// What is kept on this device of any person, or of one: the keys of the storage.
export function kept(person) {
  const prefix = person ? `${PREFIX}${person}:` : PREFIX;
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

export function forgetAll() {
  for (const key of kept()) localStorage.removeItem(key);
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}

// Sends what pages of this person had to leave on the device; true when nothing is left.
export async function sendKept(person, token) {
  for (const key of kept(person)) {
    const { address, fields = {} } = stored(key);
    const queue = new AnswerQueue({ address, person, token: () => token, read: (id) => fields[id], events: QUIET });
    for (const question of Object.keys(fields)) queue.add(question);
    if (!(await queue.send())) return false;
  }
  return true;
}

const QUIET = Object.fromEntries(["offline", "online", "saved", "refused", "stopped"].map((name) => [name, () => {}]));

// On a shared computer nothing of one person stays for the next.
export function forgetOthers(person) {
  const own = new Set(kept(person));
  for (const key of kept()) if (!own.has(key)) localStorage.removeItem(key);
}

// `read(question)` gives the fields of a question as [name, value] pairs. `events` are functions of the page:
// offline(), online(), saved(question, answer), refused(question, answer), stopped(question, answer).
export class AnswerQueue {
  constructor({ address, person, token, read, events }) {
    Object.assign(this, { address, person, token, read, events });
    this.key = `${PREFIX}${person}:${address}`;
    this.page = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.slice(0, 36);
    this.sequence = 0;
    this.retry = RETRY_FIRST;
    this.pending = new Map();
  }

  // Notices by itself when the network goes and comes.
  listen() {
    addEventListener("online", () => this.flush());
    addEventListener("offline", () => this.events.offline());
  }

  // What an earlier page of this attempt could not send: question -> fields.
  restore() {
    return Object.entries(stored(this.key).fields ?? {});
  }

  add(question) {
    this.sequence += 1;
    this.pending.set(question, { fields: this.read(question), sequence: this.sequence });
    this.keep();
  }

  has(question) {
    return this.pending.has(question);
  }

  get size() {
    return this.pending.size;
  }

  keep() {
    try {
      if (this.pending.size) {
        const fields = Object.fromEntries([...this.pending].map(([question, entry]) => [question, entry.fields]));
        localStorage.setItem(this.key, JSON.stringify({ address: this.address, fields }));
      } else localStorage.removeItem(this.key);
    } catch {
      // A full or forbidden storage: the answers are still in the page.
    }
  }

  forget() {
    this.pending.clear();
    this.keep();
  }

  // Sends what is pending, one question after the other; true when nothing is left.
  flush() {
    this.running ??= this.send().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  async send() {
    clearTimeout(this.timer);
    for (const [question, entry] of this.pending) {
      const answer = await this.post(question, entry);
      if (answer === null) return this.later();
      if (answer.stop) {
        this.events.stopped(question, answer);
        return false;
      }
      if (this.pending.get(question) === entry) this.pending.delete(question);
      this.keep();
      if (answer.error) this.events.refused(question, answer, this.has(question));
      else this.events.saved(question, answer, this.has(question));
    }
    this.retry = RETRY_FIRST;
    if (this.pending.size) return this.send();
    this.events.online();
    return true;
  }

  // The server's answer, or null where there was none: no network, or a server that is down.
  async post(question, { fields, sequence }) {
    const body = new URLSearchParams({ question, page: this.page, sequence, person: this.person });
    for (const [name, value] of fields) body.append(name, value);
    try {
      const headers = { "X-CSRFToken": this.token() };
      const response = await fetch(this.address, { method: "POST", body, headers, redirect: "error" });
      if (response.status >= 500 || response.status === 429) return null;
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      const answer = isJson ? await response.json() : { error: "Nie zapisaliśmy tej odpowiedzi. Odśwież stronę." };
      return { ...answer, status: response.status, stop: response.status === 401 || Boolean(answer.other_person) };
    } catch {
      return null;
    }
  }

  later() {
    this.events.offline();
    this.timer = setTimeout(() => this.flush(), this.retry);
    this.retry = Math.min(this.retry * 2, RETRY_LAST);
    return false;
  }
}
