// Half-filled forms that a person asked to keep on this device: [name, value] pairs under the person and the version of the
// document. On a shared computer nothing of one person stays for the next, and nothing after logging out.
const PREFIX = "formularz:";
const DAYS = 30;

let isOver = false; // what a page still holds while it goes away after logging out is not kept

export function keyOf(person, version) {
  return `${PREFIX}${person}:${version}`;
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // a forbidden storage holds nothing
  }
}

// {at: milliseconds, fields: pairs}, or null.
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Whether it could be kept.
export function keep(key, fields) {
  if (isOver) return false;
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
    return true;
  } catch {
    return false;
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

export function forgetOld() {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  for (const key of keys()) if (!(read(key)?.at > oldest)) drop(key);
}

// A form that was begun without logging in stays: the same person goes on with it.
export function forgetOthers(person) {
  for (const key of keys()) if (!key.startsWith(`${PREFIX}${person}:`) && !key.startsWith(`${PREFIX}:`)) drop(key);
}

export function forgetAll() {
  isOver = true;
  for (const key of keys()) drop(key);
}
