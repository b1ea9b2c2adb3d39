import { h, icon } from './dom.js';
import { get } from './api.js';

const key = 'calf.gap', minute = 60_000, day = 24 * 60 * minute;

/** The id of the one that was closed in this browser; ids are equally long and grow. */
function closed() {
  try { return localStorage.getItem(key) ?? ''; } catch { return ''; }
}

/** @param {string} id */
function close(id) {
  try { localStorage.setItem(key, id); } catch { /* it comes back with the next page */ }
}

/** @param {number} n @param {string} what */
const many = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Rounded down, in the unit in which one would say it. @param {any} gap */
function span(gap) {
  const passed = Date.parse(gap.to_at) - Date.parse(gap.from_at), hours = Math.floor(passed / 60 / minute);
  return hours < 1 ? `${Math.floor(passed / minute)} min` : hours < 48 ? `${hours} h` : many(Math.floor(hours / 24), 'day');
}

/** @param {any} gap */
function sentence(gap) {
  const away = `While this server was off for ${span(gap)}`;
  if (!gap.finished_at && !gap.posts) return `${away}, others went on posting. Calf is asking their servers for it.`;
  if (!gap.posts) return `${away}, you missed nothing that could be found.`;
  const found = `${many(gap.posts, 'post')} from ${many(gap.recovered, 'account')}`;
  return gap.finished_at ? `${away}, you missed ${found}. They are here now, each at its time.` : `${away}, you missed ${found}, as far as Calf has asked. They are here now.`;
}

/** @param {any} gap */
function rest(gap) {
  const silent = gap.servers.filter((/** @type {any} */ one) => !one.answered).length, refusing = gap.servers.length - silent;
  const said = [silent && `${many(silent, 'server')} did not answer`, refusing && `${many(refusing, 'server')} showed nothing`,
    gap.cut && `${many(gap.cut, 'account')} wrote more than is fetched`, gap.missed && `${many(gap.missed, 'boosted post')} could not be had`].filter(Boolean).join(', ');
  if (!gap.servers.length) return said ? h('p', null, `${said}.`) : null;
  return h('details', null, h('summary', null, `${said}.`), h('ul', { class: 'servers' }, gap.servers.map((/** @type {any} */ one) =>
    h('li', null, icon('warning', one.answered ? 'small is-brick' : 'small is-amber'), h('b', { class: 'ellipsis' }, one.host), h('small', null, one.reason)))));
}

/** On top of home, after the server was off: what was missed and what could not be had, until it is closed. */
export function gapNote() {
  const box = h('aside', { class: 'gap-note', hidden: true, role: 'status' });
  let shown = -1;
  const ask = async () => {
    const gaps = await get('/api/calf/v1/gaps').catch(() => []);
    // Of a short stop without consequences nobody needs a word.
    const gap = gaps.find((/** @type {any} */ one) => !one.finished_at || one.posts || one.servers.length);
    if (!gap || gap.id <= closed() || Date.now() - Date.parse(gap.to_at) > 3 * day) return;
    if (shown < 0) shown = gap.posts;
    box.hidden = false;
    box.replaceChildren(h('div', null, h('p', null, sentence(gap)), rest(gap),
      gap.posts > shown ? h('button', { type: 'button', class: 'button compact', onclick: () => location.reload() }, icon('again', 'small'), 'Show them') : null),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close this note', onclick: () => { close(gap.id); box.hidden = true; } }, icon('close', 'small')));
    if (!gap.finished_at) setTimeout(() => { if (box.isConnected && !box.hidden) ask(); }, 15_000);
  };
  ask();
  return box;
}
