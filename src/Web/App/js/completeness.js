import { h, icon } from './dom.js';
import { until } from './time.js';
import { end } from './states.js';
import { all, t, tn } from './i18n.js';

/** @typedef {{ here: number, announced: number, missing: { reason: string, count: number }[], beginning: any, posts: any[], servers: any[], looking: boolean }} Completeness */

/** Of so many answers. @type {Record<string, (n: number) => string>} */
const words = {
  deleted: n => tn(n, '{n} was deleted', '{n} were deleted'),
  not_public: n => tn(n, '{n} is not public', '{n} are not public'),
  unlisted: n => tn(n, '{n} is counted but not shown by its server', '{n} are counted but not shown by their servers'),
  refused: n => tn(n, '{n} is not given to this server', '{n} are not given to this server'),
  blocked: n => tn(n, '{n} is from somebody you block or mute', '{n} are from somebody you block or mute'),
  unreachable: n => tn(n, '{n} is on a server that does not answer', '{n} are on servers that do not answer'),
  unreadable: n => tn(n, '{n} could not be read', '{n} could not be read'),
  over_cap: n => tn(n, '{n} is more than Calf fetches of one thread', '{n} are more than Calf fetches of one thread'),
  waiting: n => tn(n, '{n} is still to be fetched', '{n} are still to be fetched'),
};

/** How many of the answers are here, and what is with the others. @param {Completeness} c */
export function sentence(c) {
  if (!c.announced) return t('No answers yet.');
  if (c.here === c.announced) return tn(c.here, 'The one answer of this thread is here.', 'All {n} answers of this thread are here.');
  return tn(c.announced, '{here} of {n} answers of this thread are here: {others}.', '{here} of {n} answers of this thread are here: {others}.', { here: c.here, others: all(c.missing.map(m => words[m.reason](m.count))) });
}

/** Of one answer. @type {Record<string, string>} */
const why = {
  deleted: t('Deleted.'), not_public: t('Not shown to strangers.'), refused: t('Not given to this server.'), blocked: t('You block its author or server.'),
  unreachable: t('Its server does not answer.'), unreadable: t('What came is no post.'), waiting: t('Still to be fetched.'),
};

/** @param {string} [text] */
const sentenceOf = text => text ? ` ${text.replace(/\.?$/, '.')}` : '';

/** @param {Completeness} c */
const silent = c => tn(c.servers.length, 'One server did not say what answers there are.', '{n} servers did not say what answers there are.');

/** The foot of a thread. @param {Completeness} c */
export function threadFoot(c) {
  if (c.looking) return h('p', { class: 'feed-end', role: 'status' }, icon('clock'), c.announced ? tn(c.announced, '{here} of {n} answers so far. Looking for more…', '{here} of {n} answers so far. Looking for more…', { here: c.here }) : t('Looking for answers…'));
  const details = [...c.servers.map(silence), ...c.posts.map(missing)];
  if (!details.length) return end(sentence(c));
  return h('details', { class: 'thread-state' },
    h('summary', null, icon(c.here === c.announced ? 'check' : 'warning', `small ${c.here === c.announced ? 'is-leaf' : 'is-amber'}`), h('span', null, sentence(c), c.servers.length ? ` ${silent(c)}` : '')),
    h('ul', { class: 'servers' }, details));
}

/** @param {any} one */
const silence = one => h('li', null, icon('refused', 'small is-brick', t('Did not say||a server, what answers there are')), h('b', { class: 'ellipsis' }, one.host), h('small', null, sentenceOf(one.detail).trim()));

/** @param {any} one */
const missing = one => h('li', null, icon(one.next_try_at ? 'clock' : 'refused', `small ${one.next_try_at ? 'is-amber' : 'is-brick'}`, t('Missing||an answer')),
  h('a', { class: 'ellipsis', href: one.uri, rel: 'noopener noreferrer', target: '_blank' }, one.host),
  h('small', null, why[one.reason], sentenceOf(one.detail), one.next_try_at ? [' ', t('Next try {when}.', { when: until(new Date(one.next_try_at)) })] : ''));

/** What stands above a thread whose beginning is not here. @param {any} one */
export const threadHead = one => one && h('p', { class: 'thread-state' }, icon('warning', 'small is-amber'),
  h('span', null, t('This thread begins with a post that is not here.'), ` ${why[one.reason]}${sentenceOf(one.detail)}`));
