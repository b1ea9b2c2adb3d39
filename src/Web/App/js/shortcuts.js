import { back, go } from './router.js';
import { compose } from './compose.js';
import { canQuote } from './status-actions.js';
import { bring } from './bring.js';
import { complain } from './float.js';

/** How long the second key of a pair is waited for, in milliseconds. */
const pairWait = 1500;
let pairUntil = 0;

/** Single keys and pairs that begin with g, as at Mastodon; off while one types. */
export function listenForKeys() {
  document.addEventListener('keydown', event => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.defaultPrevented || target.closest('dialog, [popover]')) return;
    if (event.altKey) return void (event.code === 'KeyN' && (event.preventDefault(), compose({})));
    if (target.closest('input, textarea, select, video, audio')) return void (event.key === 'Escape' && target.blur());
    const paired = event.timeStamp < pairUntil;
    pairUntil = 0;
    if (paired && places[event.key]) go(places[event.key]);
    else if (event.key === 'g') pairUntil = event.timeStamp + pairWait;
    else if (!keys[event.key] || keys[event.key](post(target)) === false) return;
    event.preventDefault();
  });
}

/** After g. @type {Record<string, string>} */
const places = {
  h: '/home', l: '/lists', t: '/tags', n: '/notifications', d: '/conversations', e: '/find', f: '/favourites', k: '/bookmarks', u: '/you', p: '/you', b: '/blocked', m: '/muted', r: '/requests', s: '/settings', w: '/scheduled',
};

/** All keys, on one sheet. */
export const keySheet = () => bring(() => import('./key-sheet.js')).then(sheet => sheet.keySheet(), complain);

/** @param {HTMLElement} target @returns {any} the post that has the focus */
const post = target => target.closest('calf-post');

/** Presses a button of a post, if it has it. @param {any} card @param {string} selector */
function press(card, selector) {
  const button = card?.querySelector(selector);
  button?.click();
  return !!button;
}

/** @type {Record<string, (card: any) => any>} false leaves the key to the browser */
const keys = {
  n: () => { compose({}); },
  '?': () => { keySheet(); },
  '/': () => search(),
  s: () => search(),
  j: card => step(card, 1),
  k: card => step(card, -1),
  ArrowDown: card => card ? step(card, 1) : false,
  ArrowUp: card => card ? step(card, -1) : false,
  r: card => press(card, '[data-kind="reply"]'),
  f: card => press(card, '[data-kind="favourite"]'),
  b: card => press(card, '[data-kind="reblog"]'),
  d: card => press(card, '[data-kind="bookmark"]'),
  q: card => card && canQuote(card.status) ? void compose({ quote: card.status }) : false,
  m: card => card ? void compose({ text: `@${card.status.account.acct} ` }) : false,
  p: card => card ? go(`/people/${card.status.account.id}`) : false,
  o: card => card ? go(`/posts/${card.status.id}`) : false,
  x: card => press(card, '.warned > .button, .folded .button'),
  h: card => press(card, '.media button.covered'),
  e: card => press(card, '.media .open'),
  Enter: card => card && document.activeElement === card ? go(`/posts/${card.status.id}`) : false,
  Backspace: () => back(),
  Escape: card => card ? card.blur() : false,
};

function search() {
  if (location.pathname === '/find') document.querySelector('input')?.focus();
  else go('/find');
}

/** @param {any} card @param {number} by */
function step(card, by) {
  // Those in a folded branch are not there to be read.
  const all = [.../** @type {NodeListOf<HTMLElement>} */ ((document.activeElement?.closest('.column') ?? document.getElementById('main'))?.querySelectorAll('calf-post') ?? [])].filter(one => one.offsetParent);
  const at = card ? all.indexOf(card) + by : all.findIndex(one => one.getBoundingClientRect().bottom > 80);
  const next = /** @type {HTMLElement | undefined} */ (all[at]);
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}
