import { h, icon } from './dom.js';
import { until } from './time.js';
import { end } from './states.js';

/** @typedef {{ here: number, announced: number, missing: { reason: string, count: number }[], beginning: any, posts: any[], servers: any[], looking: boolean }} Completeness */

/** @type {Record<string, (n: number) => string>} */
const words = {
  deleted: n => `${n} ${n === 1 ? 'was' : 'were'} deleted`,
  not_public: n => `${n} ${n === 1 ? 'is' : 'are'} not public`,
  unlisted: n => `${n} ${n === 1 ? 'is' : 'are'} counted but not shown by ${n === 1 ? 'its server' : 'their servers'}`,
  refused: n => `${n} ${n === 1 ? 'is' : 'are'} not given to this server`,
  blocked: n => `${n} ${n === 1 ? 'is' : 'are'} from somebody you block or mute`,
  unreachable: n => `${n} ${n === 1 ? 'is on a server that does not answer' : 'are on servers that do not answer'}`,
  unreadable: n => `${n} could not be read`,
  over_cap: n => `${n} ${n === 1 ? 'is' : 'are'} more than Calf fetches of one thread`,
  waiting: n => `${n} ${n === 1 ? 'is' : 'are'} still to be fetched`,
};

/** How many of the answers are here, and what is with the others. @param {Completeness} c */
export function sentence(c) {
  if (!c.announced) return 'No answers yet.';
  if (c.here === c.announced) return c.here === 1 ? 'The one answer of this thread is here.' : `All ${c.here} answers of this thread are here.`;
  return `${c.here} of ${c.announced} answers of this thread are here: ${c.missing.map(m => words[m.reason](m.count)).join(', ')}.`;
}

/** Of one answer. @type {Record<string, string>} */
const why = {
  deleted: 'Deleted.', not_public: 'Not shown to strangers.', refused: 'Not given to this server.', blocked: 'You block its author or server.',
  unreachable: 'Its server does not answer.', unreadable: 'What came is no post.', waiting: 'Still to be fetched.',
};

/** @param {string} [text] */
const sentenceOf = text => text ? ` ${text.replace(/\.?$/, '.')}` : '';

/** @param {Completeness} c */
const silent = c => `${c.servers.length === 1 ? 'One server' : `${c.servers.length} servers`} did not say what answers there are.`;

/** The foot of a thread. @param {Completeness} c */
export function threadFoot(c) {
  if (c.looking) return h('p', { class: 'feed-end', role: 'status' }, icon('clock'), c.announced ? `${c.here} of ${c.announced} answers so far. Looking for more…` : 'Looking for answers…');
  const details = [...c.servers.map(silence), ...c.posts.map(missing)];
  if (!details.length) return end(sentence(c));
  return h('details', { class: 'thread-state' },
    h('summary', null, icon(c.here === c.announced ? 'check' : 'warning', `small ${c.here === c.announced ? 'is-leaf' : 'is-amber'}`), h('span', null, sentence(c), c.servers.length ? ` ${silent(c)}` : '')),
    h('ul', { class: 'servers' }, details));
}

/** @param {any} one */
const silence = one => h('li', null, icon('refused', 'small is-brick', 'Did not say'), h('b', { class: 'ellipsis' }, one.host), h('small', null, sentenceOf(one.detail).trim()));

/** @param {any} one */
const missing = one => h('li', null, icon(one.next_try_at ? 'clock' : 'refused', `small ${one.next_try_at ? 'is-amber' : 'is-brick'}`, 'Missing'),
  h('a', { class: 'ellipsis', href: one.uri, rel: 'noopener noreferrer', target: '_blank' }, one.host),
  h('small', null, why[one.reason], sentenceOf(one.detail), one.next_try_at ? ` Next try ${until(new Date(one.next_try_at))}.` : ''));

/** What stands above a thread whose beginning is not here. @param {any} one */
export const threadHead = one => one && h('p', { class: 'thread-state' }, icon('warning', 'small is-amber'),
  h('span', null, `This thread begins with a post that is not here. ${why[one.reason]}${sentenceOf(one.detail)}`));
