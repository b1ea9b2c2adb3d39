import { get, put, remove } from './api.js';
import { emit, on } from './bus.js';
import { adopt, draftNames, load, newKey } from './drafts.js';
import { complain } from './float.js';
import { settle } from './dom.js';

/** Drafts go to the owner's server too, so that another browser goes on with them. What is here first is this browser's own; the later one of two counts. */
const path = '/api/calf/v1/drafts';
/** One is sent when the writing has paused for so long, in milliseconds. */
const pause = 1_500;
/** As many drafts as the server keeps. */
const most = 200;
/** By name: when the draft that the server has was written; when one that it may have went away here. */
const there = 'calf.drafts-sent', away = 'calf.drafts-gone';

/** @param {string} place @returns {Record<string, number>} */
function kept(place) {
  try { return JSON.parse(localStorage.getItem(place) ?? '{}'); } catch { return {}; }
}

/** @param {string} place @param {string} name @param {number | null} at */
function mark(place, name, at) {
  const all = kept(place);
  if (at === null) delete all[name];
  else all[name] = at;
  try { localStorage.setItem(place, JSON.stringify(Object.fromEntries(Object.entries(all).slice(-most)))); } catch { /* the next look compares anew */ }
}

const address = (/** @type {string} */ name) => `${path}/${encodeURIComponent(name)}`;
/** One that is open is being written here; it is not changed under the hand. */
const isOpen = (/** @type {string} */ name) => /** @type {any} */ (document.querySelector('dialog.writing[open] calf-composer'))?.key === name;

/** What is said of one draft is said in its order. @type {Map<string, Promise<void>>} */
const queue = new Map();

/** @param {string} name */
function send(name) {
  const next = (queue.get(name) ?? Promise.resolve()).then(() => tell(name));
  queue.set(name, next);
  return next;
}

/** @param {string} name */
async function tell(name) {
  const draft = load(name);
  try {
    if (draft) {
      if (kept(there)[name] === draft.at) return;
      await put(address(name), { draft, updated_at: new Date(draft.at).toISOString() });
      mark(there, name, draft.at);
    } else if (name in kept(there) || name in kept(away)) {
      await remove(address(name));
      mark(there, name, null);
    }
  } catch (problem) {
    // It is in this browser all the same; without a connection it is sent when there is one.
    if (problem.status === 422) complain(problem);
  }
}

/** @param {{ name: string, draft: import('./drafts.js').Draft }} theirs */
function take({ name, draft }) {
  const mine = load(name);
  // It was posted or dropped here since: what comes is an echo of what this browser sent before.
  if (!mine && kept(away)[name] >= draft.at) return send(name);
  if (mine && mine.at > draft.at) return send(name);
  if ((!mine || mine.at < draft.at) && !isOpen(name)) adopt(name, fresh(draft));
  mark(there, name, draft.at);
}

/** With keys of its own: two browsers that post the same words mean two posts, not a second try of one. @param {import('./drafts.js').Draft} draft */
const fresh = draft => ({ ...draft, parts: draft.parts.map(part => part.sent ? part : { ...part, key: newKey() }) });

/** @param {string} name that was changed or removed, perhaps by this browser */
async function look(name) {
  try {
    // The whole list: an answer of 404 would stand in the browser's console as an error.
    const theirs = (await get(path)).find((/** @type {any} */ one) => one.name === name);
    if (theirs) take(theirs);
    else gone(name);
  } catch { return; /* The next time the connection comes back. */ }
  emit('drafts');
}

/** What was sent from elsewhere is not written on here; what was written here since stays. @param {string} name */
function gone(name) {
  const draft = load(name), known = kept(there)[name];
  mark(there, name, null);
  if (draft && known !== undefined && draft.at <= known && !isOpen(name)) adopt(name, null);
}

async function compare() {
  try {
    /** @type {any[]} */ const theirs = await get(path);
    theirs.forEach(take);
    const names = new Set(theirs.map(one => one.name));
    for (const name of draftNames().filter(one => !names.has(one))) {
      if (name in kept(there)) gone(name);
      if (load(name)) await send(name);
    }
    emit('drafts');
  } catch { /* The next time the connection comes back. */ }
}

/** Keeps this browser's drafts and the server's the same from now on. */
export function syncDrafts() {
  /** @type {Set<string>} */ const changed = new Set();
  const soon = settle(() => {
    for (const name of changed) send(name);
    changed.clear();
  }, pause);
  on('draft', name => {
    mark(away, name, load(name) ? null : Date.now());
    changed.add(name);
    soon();
  });
  on('draft-elsewhere', look);
  on('stream', state => { if (state === 'back') compare(); });
  return compare();
}
