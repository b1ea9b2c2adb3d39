import { h, icon } from './dom.js';
import { get } from './api.js';
import { all, t, tn } from './i18n.js';

const key = 'calf.gap', minute = 60_000, day = 24 * 60 * minute;

/** The id of the one that was closed in this browser; ids are equally long and grow. */
function closed() {
  try { return localStorage.getItem(key) ?? ''; } catch { return ''; }
}

/** @param {string} id */
function close(id) {
  try { localStorage.setItem(key, id); } catch { /* it comes back with the next page */ }
}

/** Rounded down, in the unit in which one would say it. @param {any} gap */
function span(gap) {
  const passed = Date.parse(gap.to_at) - Date.parse(gap.from_at), hours = Math.floor(passed / 60 / minute);
  return hours < 1 ? tn(Math.floor(passed / minute), '{n} min||how long it was off', '{n} min||how long it was off') : hours < 48 ? tn(hours, '{n} h||how long it was off', '{n} h||how long it was off') : tn(Math.floor(hours / 24), '{n} day||how long it was off', '{n} days||how long it was off');
}

/** @param {any} gap */
function sentence(gap) {
  const away = { span: span(gap) };
  if (!gap.finished_at && !gap.posts) return t('While this server was off for {span}, others went on posting. Calf is asking their servers for it.', away);
  if (!gap.posts) return t('While this server was off for {span}, you missed nothing that could be found.', away);
  const found = { ...away, accounts: tn(gap.recovered, '{n} account||posts from how many', '{n} accounts||posts from how many') };
  return gap.finished_at
    ? tn(gap.posts, 'While this server was off for {span}, you missed {n} post from {accounts}. They are here now, each at its time.', 'While this server was off for {span}, you missed {n} posts from {accounts}. They are here now, each at its time.', found)
    : tn(gap.posts, 'While this server was off for {span}, you missed {n} post from {accounts}, as far as Calf has asked. They are here now.', 'While this server was off for {span}, you missed {n} posts from {accounts}, as far as Calf has asked. They are here now.', found);
}

/** @param {any} gap */
function rest(gap) {
  const silent = gap.servers.filter((/** @type {any} */ one) => !one.answered).length, refusing = gap.servers.length - silent;
  const facts = [silent && tn(silent, '{n} server did not answer', '{n} servers did not answer'), refusing && tn(refusing, '{n} server showed nothing', '{n} servers showed nothing'),
    gap.cut && tn(gap.cut, '{n} account wrote more than is fetched', '{n} accounts wrote more than is fetched'), gap.missed && tn(gap.missed, '{n} boosted post could not be had', '{n} boosted posts could not be had')].filter(Boolean);
  const said = t('{facts}.', { facts: all(facts) });
  if (!gap.servers.length) return facts.length ? h('p', null, said) : null;
  return h('details', null, h('summary', null, said), h('ul', { class: 'servers' }, gap.servers.map((/** @type {any} */ one) =>
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
      gap.posts > shown ? h('button', { type: 'button', class: 'button compact', onclick: () => location.reload() }, icon('again', 'small'), t('Show them')) : null),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Close this note'), onclick: () => { close(gap.id); box.hidden = true; } }, icon('close', 'small')));
    if (!gap.finished_at) setTimeout(() => { if (box.isConnected && !box.hidden) ask(); }, 15_000);
  };
  ask();
  return box;
}
