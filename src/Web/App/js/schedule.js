import { h } from './dom.js';
import { locale, t } from './i18n.js';
import { dialog } from './float.js';

/** The server takes nothing that is due within five minutes. */
const soonest = 6 * 60_000, refused = 5 * 60_000, day = 24 * 60 * 60_000;
const shape = /** @type {Intl.DateTimeFormatOptions} */ ({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
const words = new Intl.DateTimeFormat(locale, shape), withYear = new Intl.DateTimeFormat(locale, { ...shape, year: 'numeric' });

/** Whether the server would refuse a time, or send at once. @param {string | null | undefined} iso */
export const passed = iso => !!iso && Date.parse(iso) <= Date.now() + refused;

/** When a post goes out, in few words. @param {string} iso */
export function due(iso) {
  const date = new Date(iso);
  return (date.getFullYear() === new Date().getFullYear() ? words : withYear).format(date);
}

/** The value of a `datetime-local` field, in the time of this place. @param {number} at milliseconds */
function local(at) {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Asks when a post is to go out. @param {string | null | undefined} before @param {string} [without] what going without a time is called @returns {Promise<string | null | undefined>} undefined: nothing was decided; null: without a time */
export function pickTime(before, without) {
  const tomorrow = new Date(Date.now() + day).setHours(9, 0, 0, 0);
  const input = h('input', { class: 'input', type: 'datetime-local', required: true, autofocus: true, min: local(Date.now() + soonest), value: local(before ? Date.parse(before) : tomorrow) });
  return new Promise(resolve => {
    /** @type {string | null | undefined} */ let answer;
    const form = h('form', { class: 'dialog-body', onsubmit: event => { event.preventDefault(); answer = new Date(input.value).toISOString(); box.close(); } },
      h('h2', null, t('When it goes out')), h('label', { class: 'field' }, h('span', null, t('Day and time')), input, h('small', null, t('In the time of this device; at least six minutes from now. Your server sends it, also when this page is closed.'))),
      h('p', { class: 'note' }, h('a', { href: '/scheduled' }, t('Posts that are waiting'))),
      h('div', { class: 'dialog-foot' }, before && without && h('button', { type: 'button', class: 'button', onclick: () => { answer = null; box.close(); } }, without), h('button', { type: 'submit', class: 'button main' }, t('Set the time'))));
    const box = dialog(t('When it goes out'), form);
    form.addEventListener('click', (/** @type {Event} */ event) => { if (/** @type {Element} */ (event.target).closest('a')) document.querySelectorAll('dialog').forEach(one => one.close()); });
    box.addEventListener('close', () => resolve(answer));
  });
}
