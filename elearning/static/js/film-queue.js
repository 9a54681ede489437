// Reports of films as they lie on this device until the server has them: a text under a key that begins with the person.
// On a shared computer nothing of one person stays for the next, and nothing after logging out.
const PREFIX = "film:";
const KEEPALIVE_MOST = 60000; // bytes that a browser still sends while the page goes away
const WAITING = new Set([401, 408, 425, 429]);

let isOver = false; // what a page still says while it goes away after logging out is not kept

function keys(which) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && which(key));
  } catch {
    return []; // a forbidden storage holds nothing
  }
}

function forget(which) {
  for (const key of keys(which)) drop(key);
}

// A key for one opening of a page with a film.
export function newKey(person, address) {
  return `${PREFIX}${person}:${address}:${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

export function kept(person) {
  return keys((key) => key.startsWith(`${PREFIX}${person}:`));
}

export function read(key) {
  return localStorage.getItem(key);
}

export function keep(key, report) {
  if (isOver) return;
  try {
    localStorage.setItem(key, report);
  } catch {
    // A full or forbidden storage: the report is still in the page.
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

export function forgetOthers(person) {
  forget((key) => !key.startsWith(`${PREFIX}${person}:`));
}

export function forgetAll() {
  isOver = true;
  forget(() => true);
}

export function post(report, csrf) {
  const { address, ...body } = JSON.parse(report);
  const text = JSON.stringify(body);
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  return fetch(address, { method: "POST", body: text, headers, keepalive: text.length < KEEPALIVE_MOST, redirect: "error" });
}

// The players of this page say what they have played by now; then there may be more to send.
export function report() {
  for (const player of document.querySelectorAll("film-player")) player.report?.();
}

// Sends what pages of this person had to leave on the device; true when nothing waits any more.
export async function sendKept(person, csrf) {
  for (const key of kept(person)) {
    const text = read(key);
    if (text === null) continue; // another page has sent it meanwhile
    try {
      const { status, headers } = await post(text, csrf);
      const isAnswer = headers.get("Content-Type")?.startsWith("application/json");
      if (status >= 500 || WAITING.has(status) || !isAnswer) return false;
    } catch {
      return false;
    }
    drop(key);
  }
  return true;
}
