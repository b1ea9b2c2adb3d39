import { h } from './dom.js';
import { get, post } from './api.js';
import { onWhile } from './bus.js';

/** Who was away for less has not left. */
const longAway = 10 * 60_000;
/** The reading place is saved so often while one reads, and when one leaves. */
const saveEvery = 60_000;
const nearTop = 200;

/** Ids are numbers longer than JavaScript's are exact. @param {string} a @param {string} b */
const later = (a, b) => a.length === b.length ? a > b : a.length > b.length;

/**
 * Draws one line between what came since the owner left and what was there before, and tells the server how far they have come, by the
 * marker that apps share. The line stays where it is while one reads.
 * @param {Node} node the page @param {{ list: HTMLElement }} feed
 */
export function sinceYouLeft(node, feed) {
  const line = h('p', { class: 'since' });
  let read = '', newest = '', hiddenAt = 0;
  const posts = () => /** @type {any[]} */ ([...feed.list.children].filter(child => child !== line));
  const words = (/** @type {number} */ n) => `Since you left · ${n === 1 ? 'one new post' : `${n} new posts`}`;

  const place = () => {
    note();
    if (!read || line.isConnected) return;
    const all = posts(), at = all.findIndex(one => one.item && !later(one.item.id, read));
    if (at < 1) return;
    line.textContent = words(at);
    all[at].before(line);
  };
  /** What is on top while one is there has been seen. */
  const note = () => {
    const first = posts()[0]?.item?.id;
    if (first && scrollY < nearTop && node.isConnected && !document.hidden && (!newest || later(first, newest))) newest = first;
  };
  const save = () => {
    if (!started || !newest || (read && !later(newest, saved))) return;
    saved = newest;
    post('/api/v1/markers', { home: { last_read_id: newest } }).catch(() => {});
  };
  let started = false, saved = '';
  const watcher = new MutationObserver(place);
  watcher.observe(feed.list, { childList: true });
  get('/api/v1/markers', { 'timeline[]': 'home' }).then(found => {
    read = saved = found?.home?.last_read_id ?? '';
    started = true;
    place();
  }, () => {});
  const seen = () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      save();
    } else note();
  };
  const timer = setInterval(() => { note(); save(); }, saveEvery);
  document.addEventListener('visibilitychange', seen);
  addEventListener('scroll', note, { passive: true });
  addEventListener('pagehide', save);
  node.addEventListener('gone', () => {
    save();
    watcher.disconnect();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('scroll', note);
    removeEventListener('pagehide', save);
  }, { once: true });
  onWhile(node, 'stream', state => { if (state === 'lost') save(); });

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
