import { go } from './router.js';
import { compose } from './composer.js';

/** Single keys, off while one types. */
export function listenForKeys() {
  document.addEventListener('keydown', event => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || target.closest('input, textarea, select, dialog, [popover]')) return;
    const act = keys[event.key];
    if (!act || act(post(target)) === false) return;
    event.preventDefault();
  });
}

/** @param {HTMLElement} target @returns {any} the post that has the focus */
const post = target => target.closest('calf-post');

/** @param {any} card @param {string} kind */
const press = (card, kind) => card ? card.querySelector(`[data-kind="${kind}"]`)?.click() : false;

/** @type {Record<string, (card: any) => any>} */
const keys = {
  n: () => { compose({}); },
  '/': () => { location.pathname === '/find' ? document.querySelector('input')?.focus() : go('/find'); },
  g: () => go('/home'),
  j: card => step(card, 1),
  k: card => step(card, -1),
  r: card => press(card, 'reply'),
  f: card => press(card, 'favourite'),
  b: card => press(card, 'reblog'),
  Enter: card => card && document.activeElement === card ? go(`/posts/${card.status.id}`) : false,
};

/** @param {any} card @param {number} by */
function step(card, by) {
  const all = [...document.querySelectorAll('#main calf-post')];
  const at = card ? all.indexOf(card) + by : all.findIndex(one => one.getBoundingClientRect().bottom > 80);
  const next = /** @type {HTMLElement | undefined} */ (all[at]);
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}
