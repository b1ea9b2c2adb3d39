import { h } from './dom.js';
import { t, tn } from './i18n.js';
import { emit } from './bus.js';
import { toast } from './float.js';
import { forget, hasWords, load, save } from './drafts.js';
import { deliver, outSoFar, request } from './sending.js';

/**
 * A draft on its way out, kept in this browser until the server has it.
 * @typedef {{ name: string, draft: import('./drafts.js').Draft, reply?: string, quote?: string, due: number, tried?: boolean }} Held
 */
const prefix = 'calf.held.';
/** The server knows a key for an hour; after that a second try could post twice. */
const sameKey = 50 * 60_000;
/** Another page of the app may be holding it; it is given this long after the time has come. */
const grace = 5_000;

/** @type {{ held: Held, now: () => void } | null} what is held back by this page */
let current = null;

const keyOf = (/** @type {Held} */ held) => prefix + held.draft.parts[0].key;
const keep = (/** @type {Held} */ held) => { try { localStorage.setItem(keyOf(held), JSON.stringify(held)); } catch { /* it lives as long as the page */ } };
const drop = (/** @type {Held} */ held) => { try { localStorage.removeItem(keyOf(held)); } catch { /* it was not kept */ } };

/** A draft again, beside another that may have been begun. @param {Held} held @returns {string} its name */
function back(held) {
  const name = hasWords(load(held.name)) || document.querySelector('dialog.writing[open]') ? `${held.name}.${held.draft.parts[0].key}` : held.name;
  save(name, held.draft);
  drop(held);
  emit('drafts');
  return name;
}

/**
 * Sends a draft after some seconds in which it can be taken back. Leaving the page sends it at once.
 * @param {Held} held @param {number} seconds @param {(name: string) => void} open opens a draft
 */
export function hold(held, seconds, open) {
  keep(held);
  forget(held.name);
  let left = seconds;
  const shown = h('span', { 'aria-hidden': 'true' });
  const count = () => { shown.textContent = t('Posted in {n} s||seconds', { n: left-- }); };
  const note = toast('', { label: t('Undo'), act: () => { stop(); open(back(held)); } }, seconds * 1000);
  // Read out once, not each second.
  note.firstElementChild.append(shown, h('span', { class: 'unseen' }, tn(seconds, 'Posted in one second', 'Posted in {n} seconds')));
  count();
  const ticker = setInterval(count, 1000);
  const timer = setTimeout(() => now(), seconds * 1000);
  const stop = () => { clearInterval(ticker); clearTimeout(timer); note.remove(); current = null; };
  const now = () => { stop(); send(held, open); };
  current = { held, now };
}

/** Whoever writes the next has let go of the last. */
export const release = () => current?.now();

/** @param {Held} held @param {(name: string) => void} open */
async function send(held, open) {
  held.tried = true;
  keep(held);
  try {
    await deliver(held.draft, held, () => keep(held));
    drop(held);
    toast(held.draft.parts.length > 1 ? t('Your thread is out.') : t('Your post is out.'));
  } catch (problem) {
    const name = back(held);
    toast(`${outSoFar(held.draft)}${problem.message} ${t('The draft is kept.')}`, { label: t('Open it||a draft'), act: () => open(name) }, Infinity);
  }
}

/** What an earlier visit left behind goes out now. @param {(name: string) => void} open */
export function resumeHeld(open) {
  addEventListener('pagehide', leave);
  addEventListener('beforeunload', event => { if (current && current.held.draft.parts.length > 1) event.preventDefault(); });
  /** @type {string[]} */ let keys;
  try { keys = Object.keys(localStorage).filter(key => key.startsWith(prefix)); } catch { return; }
  for (const key of keys) {
    const held = read(key);
    if (!held) continue;
    if (held.tried && Date.now() - held.due > sameKey) {
      const name = back(held);
      toast(t('A post of yours may be out already. It is kept as a draft.'), { label: t('Open it||a draft'), act: () => open(name) }, Infinity);
    } else setTimeout(() => { if (read(key)) send(held, open); }, held.tried ? 0 : Math.max(0, held.due + grace - Date.now()));
  }
}

/** @param {string} key @returns {Held | null} */
function read(key) {
  try { return JSON.parse(localStorage.getItem(key) ?? 'null'); } catch { return null; }
}

/** A request that outlives the page; the same key is used when the app opens next, so nothing is lost or posted twice. */
function leave() {
  if (!current || current.held.draft.parts.length > 1) return;
  const { held } = current, { path, json, headers } = request(held.draft, held.draft.parts[0], held);
  held.tried = true;
  keep(held);
  fetch(path, { method: 'POST', keepalive: true, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(json) }).catch(() => {});
}
