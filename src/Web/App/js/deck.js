import { h, icon } from './dom.js';
import { on } from './bus.js';
import { toast } from './float.js';
import { viewOf } from './router.js';
import { empty, skeleton } from './states.js';
import { t } from './i18n.js';

/** Which pages stand beside the one that is read, kept in this browser; with that one they are four at most. */
const key = 'calf.deck', most = 3, fitting = /^\/(notifications|conversations|bookmarks|favourites|lists\/\d+|tagged\/[^/]+)$/;
const shell = document.querySelector('.shell'), wide = matchMedia('(min-width: 1500px)');
const deck = h('section', { class: 'deck', 'aria-label': t('Beside it||the columns beside what is read') });

/** @type {Map<string, { column: HTMLElement, view: any }>} */ const shown = new Map();
let here = location.pathname;

/** @returns {string[]} */
function chosen() {
  try { return JSON.parse(localStorage.getItem(key) ?? '["/notifications"]'); } catch { return ['/notifications']; }
}

/** @param {string[]} paths */
function choose(paths) {
  try { localStorage.setItem(key, JSON.stringify(paths)); } catch { /* it lasts until the page is closed */ }
  arrange();
}

/** Shows the columns where there is room and wish for them. */
export function arrange() {
  const wanted = wide.matches && document.documentElement.hasAttribute('data-deck') ? chosen() : null;
  for (const [path, { column, view }] of shown) {
    if (wanted?.includes(path)) continue;
    view?.node.dispatchEvent(new Event('gone'));
    column.remove();
    shown.delete(path);
  }
  if (!wanted) deck.remove();
  else {
    if (!deck.isConnected) shell?.append(deck);
    deck.querySelector(':scope > .state')?.remove();
    for (const path of wanted) if (!shown.has(path)) deck.append(column(path));
    if (!wanted.length) deck.append(empty(t('Nothing beside'), t('Open a list, a tag or your notifications and press the button with the columns at its top.')));
  }
  offer();
}

/** @param {string} path */
function column(path) {
  const body = h('div', { class: 'column-body', data: { scroller: '' } }, skeleton(4)), title = h('h2');
  const head = h('header', { class: 'page-head' }, title, h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Close the column'), title: t('Close the column'), onclick: () => choose(chosen().filter(one => one !== path)) }, icon('close')));
  const entry = { column: h('section', { class: 'column', data: { path } }, head, body), view: /** @type {any} */ (null) };
  shown.set(path, entry);
  viewOf(path).then(view => {
    if (shown.get(path) !== entry) return view?.node.dispatchEvent(new Event('gone'));
    entry.view = view;
    entry.column.ariaLabel = view?.title ?? '';
    if (view?.head) title.replaceWith(view.head);
    else title.textContent = view?.title ?? '';
    body.replaceChildren(view?.node ?? '');
  });
  return entry.column;
}

/** A button on pages that can stand beside others. */
function offer() {
  const head = document.querySelector('#main > .page-head');
  head?.querySelector('.beside')?.remove();
  if (!head || !deck.isConnected || !fitting.test(here)) return;
  const beside = chosen().includes(here), label = beside ? t('Take it from beside') : t('Put it beside');
  head.append(h('button', { type: 'button', class: 'icon-button beside', 'aria-pressed': String(beside), 'aria-label': label, title: label, onclick: () => {
    if (beside) choose(chosen().filter(one => one !== here));
    else if (chosen().length < most) choose([...chosen(), here]);
    else toast(t('There is room for {n} columns beside. Close one first.', { n: most }));
  } }, icon('columns')));
}

on('drawn', path => {
  here = path.split('?')[0];
  offer();
});
on('redraw', () => {
  for (const { column, view } of shown.values()) {
    view?.node.dispatchEvent(new Event('gone'));
    column.remove();
  }
  shown.clear();
  arrange();
});
