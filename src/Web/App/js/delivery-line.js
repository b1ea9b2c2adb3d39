import { h, icon } from './dom.js';
import { get, post } from './api.js';
import { on } from './bus.js';
import { until } from './time.js';
import { complain, toast } from './float.js';
import { all, locale, t, tn } from './i18n.js';

/** @typedef {{ delivered: number, waiting: number, refused: number, servers: any[] }} Delivery */
/** @type {Record<string, [string, string]>} */
const signs = { delivered: ['check', 'is-leaf'], waiting: ['clock', 'is-amber'], refused: ['refused', 'is-brick'] };

/** One sentence on how far a post has come. @param {Delivery} d */
export function sentence(d) {
  const sum = d.delivered + d.waiting + d.refused;
  if (!sum) return t('Kept here: nobody elsewhere was to get it');
  if (d.waiting === sum) return tn(sum, 'On its way to {n} server', 'On its way to {n} servers');
  if (d.delivered === sum) return tn(sum, 'Reached the one server', 'Reached all {n} servers');
  const reached = tn(sum, 'Reached {delivered} of {n} server', 'Reached {delivered} of {n} servers', { delivered: d.delivered });
  const others = [d.waiting ? tn(d.waiting, '{n} has not answered yet', '{n} have not answered yet') : '', d.refused ? tn(d.refused, '{n} said no', '{n} said no') : ''];
  return t('{reached}, {others}||how far a post has come: so many servers have it, the others do not', { reached, others: all(others.filter(Boolean)) });
}

/** @param {Delivery} d */
const sign = d => signs[d.waiting ? 'waiting' : d.refused ? 'refused' : 'delivered'];

/** The quiet line under one's own post; it asks only when it comes into sight, and again when the stream says that something changed. */
class DeliveryLine extends HTMLElement {
  status = '';
  open = false;
  /** @type {Delivery | null} */ known = null;
  /** @type {(() => void)[]} */ stops = [];
  watcher = new IntersectionObserver(entries => { if (entries.some(e => e.isIntersecting)) this.ask(); });

  connectedCallback() {
    this.watcher.observe(this);
    this.stops = [
      on('delivery', counts => { if (counts.id === this.status && this.known) this.ask(); }),
      on('stream', state => { if (state === 'back' && this.known) this.ask(); }),
    ];
    if (this.known && !this.firstChild) this.draw(this.known);
    this.style.display = 'block';
    this.style.minBlockSize = '1.75rem';
  }
  disconnectedCallback() {
    this.watcher.disconnect();
    this.stops.forEach(stop => stop());
  }

  async ask() {
    this.watcher.disconnect();
    try {
      const delivery = await get(`/api/calf/v1/statuses/${this.status}/delivery`);
      this.known = delivery;
      this.draw(delivery);
    } catch { this.replaceChildren(); }
  }

  /** @param {Delivery} delivery */
  draw(delivery) {
    const [glyph, tone] = sign(delivery);
    const quiet = !delivery.servers.length;
    const line = [icon(quiet ? 'home' : glyph, `small ${quiet ? '' : tone}`), h('span', null, sentence(delivery))];
    if (quiet) return this.replaceChildren(h('p', { class: 'post-line' }, line));
    const details = h('details', { class: 'post-line', open: this.open }, h('summary', null, line), servers(this.status, delivery.servers, () => this.ask()));
    details.style.display = 'block';
    details.addEventListener('toggle', () => { this.open = details.open; });
    this.replaceChildren(details);
  }
}
customElements.define('calf-delivery', DeliveryLine);

/** @param {string} status @param {any[]} list @param {() => void} again */
export function servers(status, list, again) {
  const sorted = [...list].sort((a, b) => a.host.localeCompare(b.host, locale, { numeric: true }));
  const arrived = sorted.filter(one => one.state === 'delivered');
  const others = ['refused', 'waiting'].flatMap(state => sorted.filter(one => one.state === state));
  return h('ul', { class: 'servers' }, others.map(one => {
    const [glyph, tone] = signs[one.state];
    return h('li', null, icon(glyph, `small ${tone}`, one.state === 'waiting' ? t('Waiting||a server has not answered yet') : t('Refused||a server said no')), h('b', { class: 'ellipsis' }, one.host),
      h('button', { type: 'button', class: 'button compact', onclick: () => retry(status, one.host, again) }, t('Try now')), h('small', null, reason(one)));
  }), arrived.length ? h('li', null, icon('check', 'small is-leaf', t('Delivered||to these servers')), h('span', { class: 'hosts' }, arrived.map(one => one.host).join(', '))) : null,
  others.length > 1 ? h('li', { class: 'all' }, h('button', { type: 'button', class: 'button compact', onclick: () => retry(status, null, again) }, t('Try all of them now'))) : null);
}

/** @param {any} one */
function reason(one) {
  const next = one.next_attempt_at ? t('Next try {when}.', { when: until(new Date(one.next_attempt_at)) }) : '';
  return [one.reason, tn(one.attempts, '{n} try so far.', '{n} tries so far.'), next].filter(Boolean).join(' ');
}

/** @param {string} status @param {string | null} host null for all that do not have it @param {() => void} again */
async function retry(status, host, again) {
  try {
    await post(`/api/calf/v1/statuses/${status}/delivery/retry`, host ? { host } : {});
    toast(host ? t('Trying {host} again.', { host }) : t('Trying all of them again.'));
    again();
  } catch (problem) { complain(problem); }
}

/** @param {any} status */
export function deliveryLine(status) {
  const line = /** @type {DeliveryLine} */ (document.createElement('calf-delivery'));
  line.status = status.id;
  return line;
}
