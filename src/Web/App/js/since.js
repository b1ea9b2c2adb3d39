import { h, settle } from './dom.js';
import { get, post } from './api.js';
import { tn } from './i18n.js';

/** Who was away for less has not left. */
const longAway = 10 * 60_000;
/** So long after one has seen something new it is saved. */
const saveAfter = 2_000;
const nearTop = 200;
/** How far the server knows; one for all the pages that are kept. */
let saved = '';

/** Ids are numbers longer than JavaScript's are exact. @param {string} a @param {string} b */
const later = (a, b) => a.length === b.length ? a > b : a.length > b.length;

/**
 * Draws one line between what came since the owner left and what was there before, and tells the server how far they have come, by the
 * marker that apps share. The line stays where it is while one reads.
 * @param {Node} node the page @param {{ list: HTMLElement }} feed
 */
export function sinceYouLeft(node, feed) {
  const line = h('p', { class: 'since', role: 'presentation' });
  let read = '', newest = '', hiddenAt = 0, started = false;
  const posts = () => /** @type {any[]} */ ([...feed.list.children].filter(child => child !== line));
  const words = (/** @type {number} */ n) => tn(n, 'Since you left · one new post', 'Since you left · {n} new posts');

  const place = () => {
    note();
    // Not isConnected: a page that is kept is in no document, and its line is in its list all the same.
    if (!read || line.parentNode) return;
    const all = posts(), at = all.findIndex(one => one.item && !later(one.item.id, read));
    if (at < 1) return;
    line.textContent = words(at);
    all[at].before(line);
  };
  /** What is on top while one is there has been seen. */
  const note = () => {
    const [one, two] = feed.list.children, first = /** @type {any} */ (one === line ? two : one)?.item?.id;
    if (first && scrollY < nearTop && node.isConnected && !document.hidden && (!newest || later(first, newest))) {
      newest = first;
      saveSoon();
    }
  };
  const save = () => {
    if (!started || !newest || (saved && !later(newest, saved))) return;
    saved = newest;
    post('/api/v1/markers', { home: { last_read_id: newest } }).catch(() => {});
  };
  const saveSoon = settle(save, saveAfter);
  const watcher = new MutationObserver(place);
  watcher.observe(feed.list, { childList: true });
  get('/api/v1/markers', { 'timeline[]': 'home' }).then(found => {
    read = found?.home?.last_read_id ?? '';
    if (!saved || (read && later(read, saved))) saved = read;
    started = true;
    place();
    saveSoon();
  }, () => {});
  const seen = () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      save();
    } else note();
  };
  document.addEventListener('visibilitychange', seen);
  addEventListener('scroll', note, { passive: true });
  node.addEventListener('gone', () => {
    save();
    watcher.disconnect();
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('scroll', note);
  }, { once: true });

  return {
    /** Before news go on top: after a long absence the line moves to where one had been. @param {number} count */
    arriving(count) {
      if (!hiddenAt || Date.now() - hiddenAt < longAway) return;
      hiddenAt = 0;
      const first = posts()[0];
      if (!first || !count) return;
      line.textContent = words(count);
      first.before(line);
    },
  };
}
