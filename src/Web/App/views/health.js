import { h, icon } from '../js/dom.js';
import { get } from '../js/api.js';
import { number, t, tn, tnx, tx } from '../js/i18n.js';
import { skeleton, trouble } from '../js/states.js';
import { styles } from '../js/styles.js';
import { time, until } from '../js/time.js';
import { diskSection } from './disk.js';
import { settingsSide } from './side.js';

const path = '/api/calf/v1/health';
/** Milliseconds between two looks, while the page is seen. */
const pause = 30_000;

/** How each neighbour is: its sign and the words for it. @type {Record<string, [string, string, string]>} */
const conditions = {
  fine: ['check', 'is-leaf', t('It answers.')], slow: ['clock', 'is-amber', t('It does not answer now and is tried again.')], away: ['clock', 'is-brick', t('It has not answered for a week and is tried now and then.')],
  gone: ['refused', 'is-brick', t('It said that it is gone for good.')], blocked: ['block', '', t('You have blocked it.')],
};

/** How the server is doing: plain words first, then numbers, then the neighbours. */
export async function health() {
  const said = h('div', { class: 'stack', 'aria-live': 'polite' }), rows = h('dl', { class: 'facts numbers' });
  const near = h('ul', { class: 'things' }), others = h('ul', { class: 'things' }), more = h('p', { class: 'hint' });
  const fine = h('details', null, h('summary', null), others, more);
  const failed = h('div'), since = h('p', { class: 'hint' });
  const body = h('div', { hidden: true, class: 'health' }, said,
    h('section', null, h('h2', null, t('What waits')), rows),
    h('section', null, h('h2', null, t('Other servers')), near, fine, h('div', null, h('a', { class: 'button compact', href: '/settings?show=people' }, icon('block', 'small'), t('Blocked servers and lists')))),
    diskSection(), since);
  const wait = skeleton(3, 'person');
  const node = h('div', { class: 'settings' }, failed, wait, body);
  let shown = '';
  const draw = (/** @type {any} */ now) => {
    wait.remove();
    body.hidden = false;
    failed.replaceChildren();
    // Nobody wants to hear the same again each half minute.
    const words = sentences(now), key = words.map(one => h('p', null, one[2]).textContent).join();
    if (key !== shown) said.replaceChildren(...words.map(([glyph, tone, text]) => h('p', { class: 'health-said' }, icon(glyph, tone), h('span', null, text))));
    shown = key;
    rows.replaceChildren(...queues(now));
    const troubled = now.peers.filter((/** @type {any} */ peer) => peer.state !== 'fine'), well = now.peers.filter((/** @type {any} */ peer) => peer.state === 'fine');
    near.replaceChildren(...troubled.length ? troubled.map(neighbour) : [h('li', { class: 'quiet' }, t('None has trouble.'))]);
    fine.hidden = !well.length;
    fine.firstElementChild.textContent = tn(well.length, 'One that is well', '{n} that are well');
    others.replaceChildren(...well.map(neighbour));
    more.textContent = now.total > now.peers.length ? tn(now.total - now.peers.length, 'One more has not been heard of for longer.', '{n} more have not been heard of for longer.') : '';
    since.replaceChildren(...tx('Calf {version}, running since {when}.', { version: now.version, when: time(now.started_at, true) }));
  };
  const ask = async () => {
    try { draw(await get(path)); } catch (problem) {
      wait.remove();
      failed.replaceChildren(trouble(problem, ask, body.hidden ? '' : t('What you see here is from before.')));
    }
  };
  ask();
  const timer = setInterval(() => { if (node.isConnected && !document.hidden) ask(); }, pause);
  node.addEventListener('gone', () => clearInterval(timer), { once: true });
  await styles('guide');
  return { title: t('How it is doing'), node, side: settingsSide(), place: 'settings' };
}

/** What the owner wants to know first. @param {any} now @returns {[string, string, any][]} icon, tone, text */
function sentences({ deliveries, received, peers, last_received_at: last }) {
  /** @type {[string, string, any][]} */
  const said = [];
  if (deliveries.waiting) {
    said.push(['clock', 'is-amber', deliveries.oldest_at ? tnx(deliveries.waiting, 'One delivery waits, since {when}.', '{n} deliveries wait, the oldest since {when}.', { when: time(deliveries.oldest_at, true) })
      : tn(deliveries.waiting, 'One delivery waits.', '{n} deliveries wait.')]);
  } else said.push(['check', 'is-leaf', t('All servers that should have your posts have them.')]);
  const gone = peers.filter((/** @type {any} */ peer) => peer.state === 'away' || peer.state === 'gone').length;
  if (gone) said.push(['warning', 'is-amber', tn(gone, 'One server has been away for long.', '{n} servers have been away for long.')]);
  if (deliveries.failed) said.push(['refused', 'is-brick', tn(deliveries.failed, 'One delivery was given up.', '{n} deliveries were given up.')]);
  said.push(['direct', '', last ? tx('The last thing from others came {when}.', { when: time(last, true) }) : t('Nothing has come from others yet.')]);
  if (received.waiting > backlog) said.push(['clock', 'is-amber', t('More comes in than can be looked at just now. It is kept and looked at in its turn.')]);
  return said;
}

/** More than this is no ordinary moment. */
const backlog = 200;

/** @param {any} now */
function queues({ deliveries, received, pushes, films }) {
  const row = (/** @type {string} */ label, /** @type {any} */ text) => h('div', null, h('dt', null, label), h('dd', null, text));
  return [
    row(t('To other servers'), deliveries.waiting ? tn(deliveries.due, '{all}, one of them due now', '{all}, {n} of them due now', { all: number(deliveries.waiting) }) : number(0)),
    deliveries.parked_hosts ? row(t('Servers they wait for'), number(deliveries.parked_hosts)) : '',
    row(t('From other servers'), number(received.waiting)), row(t('Notifications to apps'), number(pushes.waiting)), row(t('Films to be made ready'), number(films.waiting)),
    row(t('Given up||deliveries'), number(deliveries.failed)),
  ];
}

/** @param {any} peer */
function neighbour(peer) {
  const [glyph, tone, words] = conditions[peer.state] ?? ['warning', 'is-amber', peer.state];
  const heard = peer.last_heard_at ?? peer.last_success_at;
  return h('li', null, icon(glyph, tone), h('div', null, h('p', null, h('bdi', { dir: 'ltr' }, peer.domain)),
    h('p', { class: 'small quiet' }, words, peer.failing_since && [' ', tx('In trouble since {when}.', { when: time(peer.failing_since, true) })],
      peer.waiting > 0 && ` ${tn(peer.waiting, 'One delivery waits for it.', '{n} deliveries wait for it.')}`,
      peer.next_try_at && ` ${t('Next try: {when}.', { when: until(new Date(peer.next_try_at)) })}`,
      peer.state === 'fine' && heard && [' ', tx('Last heard of {when}.', { when: time(heard, true) })]),
    peer.reason && h('p', { class: 'small quiet', dir: 'auto' }, peer.reason)));
}
