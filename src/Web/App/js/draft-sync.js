import { get, put, remove } from './api.js';
import { emit, on } from './bus.js';
import { adopt, draftNames, load } from './drafts.js';
import { complain } from './float.js';
import { settle } from './dom.js';

/** Drafts go to the owner's server too, so that another browser goes on with them. What is here first is this browser's own; the later one of two counts. */
const path = '/api/calf/v1/drafts';
/** One is sent when the writing has paused for so long, in milliseconds. */
const pause = 1_500;
/** When the draft of each name was last the same here and there. */
const place = 'calf.drafts-sent';

/** @returns {Record<string, number>} */
function sent() {
  try { return JSON.parse(localStorage.getItem(place) ?? '{}'); } catch { return {}; }
}

/** @param {string} name @param {number | null} at null: the server has none */
function mark(name, at) {
  const all = sent();
  if (at === null) delete all[name];
  else all[name] = at;
  try { localStorage.setItem(place, JSON.stringify(all)); } catch { /* the next look compares anew */ }
}

const at = (/** @type {string} */ name) => `${path}/${encodeURIComponent(name)}`;
/** One that is open is being written here; it is not changed under the hand. */
const isOpen = (/** @type {string} */ name) => /** @type {any} */ (document.querySelector('dialog.writing[open] calf-composer'))?.key === name;

/** @param {string} name */
async function send(name) {
  const draft = load(name);
  try {
    if (draft) {
      if (sent()[name] === draft.at) return;
      await put(at(name), { draft, updated_at: new Date(draft.at).toISOString() });
      mark(name, draft.at);
    } else if (name in sent()) {
      await remove(at(name));
      mark(name, null);
    }
  } catch (problem) {
    // It is in this browser all the same; without a connection it is sent when there is one.
    if (problem.status === 422) complain(problem);
  }
}

/** @param {{ name: string, draft: import('./drafts.js').Draft }} theirs */
function take({ name, draft }) {
  const mine = load(name);
  if (mine && mine.at > draft.at) return send(name);
  if ((!mine || mine.at < draft.at) && !isOpen(name)) adopt(name, draft);
  if (!mine || mine.at <= draft.at) mark(name, draft.at);
}

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
  const draft = load(name), known = sent()[name];
  mark(name, null);
  if (draft && known !== undefined && draft.at <= known && !isOpen(name)) adopt(name, null);
}

async function compare() {
  try {
    /** @type {any[]} */ const theirs = await get(path);
    theirs.forEach(take);
    const there = new Set(theirs.map(one => one.name));
    for (const name of draftNames().filter(one => !there.has(one))) {
      if (name in sent()) gone(name);
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
    changed.add(name);
    soon();
  });
  on('draft-elsewhere', look);
  on('stream', state => { if (state === 'back') compare(); });
  return compare();
}
