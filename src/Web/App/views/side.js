import { h } from '../js/dom.js';
import { get } from '../js/api.js';
import { session } from '../js/session.js';
import { sentence, servers } from '../js/delivery-line.js';
import { plain } from '../js/html.js';
import { time } from '../js/time.js';
import { faces } from '../js/account.js';
import { keyList } from '../js/key-list.js';
import { keySheet } from '../js/shortcuts.js';
import { onWhile } from '../js/bus.js';
import { t, tn, tx } from '../js/i18n.js';

/** Beside the home list: how one's last post is travelling, and the keys. @param {Node} page */
export function homeSide(page) {
  const last = h('section', { hidden: true });
  const draw = async () => {
    const [status] = await get(`/api/v1/accounts/${session.me.id}/statuses`, { limit: 1, exclude_reblogs: true }).catch(() => []);
    if (!status) return;
    last.hidden = false;
    last.replaceChildren(h('h2', null, t('Your last post')), h('a', { class: 'snippet', href: `/posts/${status.id}` }, status.spoiler_text || plain(status.content)), travel(status));
  };
  draw();
  onWhile(page, 'update', status => { if (status.account.id === session.me.id) draw(); });
  return h('div', null, last, keys());
}

/** @param {any} status @param {boolean} [open] shows the servers as well */
export function travel(status, open = false) {
  const box = h('div', { class: 'tally' });
  const ask = async () => {
    const d = await get(`/api/calf/v1/statuses/${status.id}/delivery`).catch(() => null);
    if (!d) return box.replaceChildren(h('p', { class: 'small quiet' }, tx('Written {when}.', { when: time(status.created_at, true) })));
    const part = (/** @type {number} */ n, /** @type {string} */ tone) => n ? h('i', { class: tone, vars: { n } }) : null;
    box.replaceChildren(h('div', { class: 'tally-bar', 'aria-hidden': 'true', hidden: !d.servers.length }, part(d.delivered, 'is-leaf'), part(d.waiting, 'is-amber'), part(d.refused, 'is-brick')),
      h('p', { class: 'small quiet' }, t('{sentence}.', { sentence: sentence(d) })), open && d.servers.length ? servers(status.id, d.servers, ask) : '');
  };
  ask();
  onWhile(box, 'delivery', counts => { if (counts.id === status.id && box.isConnected) ask(); });
  return box;
}

/** Who takes part in a thread, and what is missing of it. @param {any} status @param {any[]} all */
export function threadSide(status, all) {
  const people = [...new Map(all.map(one => [one.account.id, one.account])).values()];
  const answers = all.length - 1;
  const own = status.account.id === session.me.id;
  return h('div', null,
    h('section', null, h('h2', null, t('In this thread')), faces(people.slice(0, 24)),
      h('p', { class: 'small quiet' }, answers ? `${tn(all.length, '{n} post has arrived here.', '{n} posts have arrived here.')} ${tn(people.length, 'One person wrote them.', '{n} people wrote them.')}` : t('Nobody has answered here yet.'))),
    own && h('section', null, h('h2', null, t('How far it came')), travel(status, true)));
}

const keys = () => h('section', { class: 'stack' }, h('h2', null, t('Keys||of the keyboard')), keyList([['n', t('write')], ['j k', t('the next post, the one before')], ['r', t('answer it')], ['f b', t('favourite, boost')], ['Enter', t('open it')], ['/', t('find')]]),
  h('p', { class: 'small' }, h('button', { type: 'button', class: 'button compact', onclick: keySheet }, t('All keys'))));

export const settingsSide = () => h('div', null, h('section', null, h('h2', null, t('Your server')),
  h('p', { class: 'small quiet' }, t('Calf {version} at {host}. Everything of yours is in one folder on this machine.', { version: /Calf ([\w.-]+)/.exec(session.instance?.version ?? '')?.[1] ?? '', host: session.instance?.domain ?? location.host }))));
