import { transition } from './dom.js';
import { emit } from './bus.js';
import { t } from './i18n.js';
import { trouble } from './states.js';

/**
 * @typedef {{ title: string, node: Node, head?: Node, side?: Node, place?: string, focus?: () => void }} View
 * @typedef {(parameters: Record<string, string>, query: URLSearchParams) => View | Promise<View>} ViewMaker
 */

/** @type {[URLPatternLike, ViewMaker][]} @typedef {{ names: string[], expression: RegExp }} URLPatternLike */
const routes = [];
/** The last pages stay as they were, so that going back is going back: same place, nothing loaded again. @type {Map<string, { view: View, scroll: number, path: string, focus?: any }>} */
const kept = new Map();
const keepAtMost = 12;
let current = '';
let turn = 0;
let before = '';
/** @type {(view: View | null, path: string) => void} */
let show = () => {};

/** @param {string} path such as `/people/:id` @param {ViewMaker} maker */
export function route(path, maker) {
  const names = [...path.matchAll(/:(\w+)/g)].map(match => match[1]);
  routes.push([{ names, expression: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}/?$`) }, maker]);
}

/** @param {(view: View | null, path: string) => void} drawer */
export function startRouter(drawer) {
  show = drawer;
  history.scrollRestoration = 'manual';
  document.addEventListener('click', follow);
  addEventListener('popstate', () => {
    // A jump within the page leaves the page as it is.
    if (!history.state) return history.replaceState({ key: current }, '');
    open(location.pathname + location.search, history.state.key, true);
  });
  const key = history.state?.key ?? newKey();
  history.replaceState({ key }, '');
  open(location.pathname + location.search, key, false);
}

/** @param {string} path @param {{ replace?: boolean }} [options] */
export function go(path, { replace = false } = {}) {
  const key = newKey();
  remember();
  if (replace) {
    drop(current);
    history.replaceState({ key }, '', path);
  } else history.pushState({ key }, '', path);
  open(path, key, false);
}

/** Back where the app has been before, else to `fallback`. @param {string} [fallback] */
export function back(fallback = '/home') {
  if (kept.size > 1 && history.length > 1) history.back();
  else go(fallback, { replace: true });
}

/** Draws the current page anew, after its data changed. */
export function redraw() {
  drop(current);
  open(location.pathname + location.search, current, false);
  emit('redraw');
}

/** A page for another place than the middle. Who shows it says `gone` to its node in the end. @param {string} path @returns {Promise<View | null>} */
export async function viewOf(path) {
  const url = new URL(path, location.origin);
  for (const [pattern, maker] of routes) {
    const match = pattern.expression.exec(url.pathname);
    if (match) return make(maker, Object.fromEntries(pattern.names.map((name, index) => [name, decodeURIComponent(match[index + 1])])), url.searchParams);
  }
  return null;
}

const newKey = () => Math.random().toString(36).slice(2);

function remember() {
  const entry = kept.get(current);
  if (!entry) return;
  entry.scroll = scrollY;
  entry.focus = document.activeElement;
}

/** @param {string} key */
function drop(key) {
  kept.get(key)?.view.node.dispatchEvent(new Event('gone'));
  kept.delete(key);
}

/** @param {string} path @param {string} key @param {boolean} returning */
async function open(path, key, returning) {
  if (returning) remember();
  const mine = ++turn;
  const entry = returning ? kept.get(key) : undefined;
  current = key;
  if (entry && entry.path === path) return swap(entry.view, path, entry.scroll, entry.focus);
  const view = await viewOf(path);
  if (mine !== turn) return;
  if (view) {
    kept.set(key, { view, scroll: 0, path });
    if (kept.size > keepAtMost) drop(/** @type {string} */ (kept.keys().next().value));
  }
  swap(view, path, 0);
}

/** A view whose module cannot be had says so. @param {ViewMaker} maker @param {Record<string, string>} parameters @param {URLSearchParams} query @returns {Promise<View>} */
async function make(maker, parameters, query) {
  try { return await maker(parameters, query); }
  catch (problem) {
    console.warn(problem);
    return { title: t('Not here now'), node: trouble({ message: t('This page could not be fetched from your server. Check the connection and try again.') }, redraw) };
  }
}

/** The focus comes back to where it was, or begins at the title. @param {View | null} view @param {string} path @param {number} scroll @param {HTMLElement} [focus] */
function swap(view, path, scroll, focus) {
  const first = !document.getElementById('main')?.querySelector('h1');
  const post = threadOf(path) ?? threadOf(before);
  before = path;
  let untie = tie(post);
  transition(() => {
    untie();
    emit('leaving');
    show(view, path);
    scrollTo(0, scroll);
    untie = tie(post);
    if (first || view?.focus) return;
    if (focus?.isConnected && focus !== document.body) return focus.focus({ preventScroll: true });
    // What is focused can be seen: the title, or the head of a page that has another.
    const title = /** @type {HTMLElement | null} */ (document.querySelector('#main h1:not(.unseen), #main .page-title .title') ?? document.querySelector('#main > .page-head'));
    title?.setAttribute('tabindex', '-1');
    title?.focus({ preventScroll: true });
  }, () => untie());
}

/** @param {string} path @returns {string | undefined} the post that the page is about */
const threadOf = path => /^\/posts\/(\w+)/.exec(path)?.[1];

/** The picture and the name of a post move to where they are on the next page. @param {string | undefined} id @returns {() => void} lets them go */
function tie(id) {
  const card = id && [...document.querySelectorAll('#main calf-post')].find(one => {
    const { top, bottom } = one.getBoundingClientRect();
    return /** @type {any} */ (one).status.id === id && bottom > 0 && top < innerHeight;
  });
  const parts = /** @type {HTMLElement[]} */ (card ? ['.avatar', '.post-who'].map(part => card.querySelector(part)).filter(Boolean) : []);
  parts.forEach((part, index) => part.style.setProperty('view-transition-name', `post-${index}`));
  return () => parts.forEach(part => part.style.removeProperty('view-transition-name'));
}

/** @param {MouseEvent} event */
function follow(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const anchor = /** @type {Element} */ (event.target).closest?.('a[href]');
  if (!(anchor instanceof HTMLAnchorElement) || anchor.target || anchor.download || anchor.origin !== location.origin || anchor.dataset.outside !== undefined) return;
  if (!routes.some(([pattern]) => pattern.expression.test(anchor.pathname))) return;
  const path = anchor.pathname + anchor.search;
  // To a part of the same page, as the first link does, the browser goes by itself.
  if (anchor.hash && path === location.pathname + location.search) return;
  event.preventDefault();
  if (path === location.pathname + location.search) scrollTo({ top: 0, behavior: 'smooth' });
  else go(path);
}
