import { h, icon } from './dom.js';
import { t } from './i18n.js';

/** A short word at the bottom; `action` gives a way back. @param {string} text @param {{ label: string, act: () => void }} [action] @param {number} [lasting] milliseconds, Infinity until it is pressed */
export function toast(text, action, lasting = action ? 8000 : 4500) {
  const element = h('div', { class: 'toast' }, h('span', null, text),
    action && h('button', { type: 'button', onclick: () => { element.remove(); action.act(); } }, action.label));
  if (lasting === Infinity) element.append(h('button', { type: 'button', class: 'toast-close', 'aria-label': t('Dismiss'), onclick: () => element.remove() }, icon('close', 'small')));
  // The newest word counts; only those that offer a way back stay beside it.
  const all = document.getElementById('toasts');
  for (const older of [...all?.children ?? []]) if (!older.querySelector('button')) older.remove();
  all?.append(element);
  if (lasting < Infinity) setTimeout(() => element.remove(), lasting);
  return element;
}

/** Says what went wrong, in the server's words. @param {any} problem */
export const complain = problem => toast(problem?.message ?? t('Something went wrong. Nothing was changed.'));

/**
 * A menu under the button that was pressed.
 * @typedef {{ label: string, icon?: string, hint?: string, act: () => void, brick?: boolean, checked?: boolean } | null} MenuItem
 * @param {HTMLElement} anchor @param {MenuItem[]} items null draws a line
 */
export function menu(anchor, items) {
  const radio = items.some(item => item?.checked !== undefined);
  const element = h('div', { class: 'menu', popover: 'auto', role: 'menu' }, items.map(item => item
    ? h('button', {
      type: 'button', class: item.brick ? 'brick' : null, role: radio ? 'menuitemradio' : 'menuitem', 'aria-checked': radio ? String(!!item.checked) : null,
      onclick: () => { element.hidePopover(); item.act(); },
    }, item.icon && icon(item.icon), h('span', null, item.label, item.hint && h('small', null, item.hint)))
    : h('hr')));
  (anchor.closest('dialog') ?? document.body).append(element);
  element.addEventListener('toggle', (/** @type {ToggleEvent} */ event) => { if (event.newState === 'closed') { element.remove(); anchor.setAttribute('aria-expanded', 'false'); } });
  element.addEventListener('keydown', walk);
  element.showPopover();
  anchor.setAttribute('aria-expanded', 'true');
  place(element, anchor);
  (element.querySelector('[aria-checked="true"]') ?? element.firstElementChild)?.focus();
}

/** @param {HTMLElement} element @param {HTMLElement} anchor */
function place(element, anchor) {
  const box = anchor.getBoundingClientRect(), own = element.getBoundingClientRect();
  const below = box.bottom + 4 + own.height < innerHeight - 8;
  const x = Math.min(Math.max(8, box.left), innerWidth - own.width - 8);
  element.style.left = `${x}px`;
  element.style.top = `${Math.max(8, below ? box.bottom + 4 : box.top - own.height - 4)}px`;
}

/** @param {KeyboardEvent} event */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: 0, End: 0 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('button')];
  const at = buttons.indexOf(/** @type {any} */ (document.activeElement));
  buttons[step ? (at + step + buttons.length) % buttons.length : event.key === 'Home' ? 0 : buttons.length - 1].focus();
}

/** A dialog that closes by Escape, a click beside it, or `close()`. @param {string} label @param {...any} content @returns {HTMLDialogElement} */
export function dialog(label, ...content) {
  const element = h('dialog', { 'aria-label': label }, ...content);
  element.addEventListener('close', () => element.remove());
  element.addEventListener('pointerdown', (/** @type {Event} */ event) => { if (event.target === element) element.close(); });
  document.body.append(element);
  element.showModal();
  return element;
}

/** Asks before something that cannot be taken back. @param {{ title: string, text: string, yes: string }} question @returns {Promise<boolean>} */
export function ask({ title, text, yes }) {
  return new Promise(resolve => {
    let answer = false;
    const element = dialog(title, h('div', { class: 'dialog-body' },
      h('h2', null, title), h('p', null, text),
      h('div', { class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => element.close() }, t('Leave it||change nothing')),
        h('button', { type: 'button', class: 'button brick', onclick: () => { answer = true; element.close(); } }, yes))));
    element.addEventListener('close', () => resolve(answer));
  });
}
