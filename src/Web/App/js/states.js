import { h, icon, mark } from './dom.js';
import { t } from './i18n.js';

/** Nothing here yet: what this place is for and what to do. @param {string} title @param {string} text @param {any} [action] */
export const empty = (title, text, action) => h('div', { class: 'state' }, mark(true), h('h2', null, title), h('p', null, text), action);

/** @param {any} problem @param {() => void} retry @param {string} [kept] */
export const trouble = (problem, retry, kept) => h('div', { class: 'trouble', role: 'alert' }, icon('warning'),
  h('div', null, h('p', null, problem?.message ?? t('Something went wrong.'), kept ? ` ${kept}` : ''),
    h('button', { type: 'button', class: 'button compact', onclick: retry }, icon('again', 'small'), t('Try again'))));

/** @param {string} text */
export const end = text => h('p', { class: 'feed-end' }, mark(), text);

/** The true shape of what is coming. @param {number} [count] @param {'post' | 'person'} [kind] */
export function skeleton(count = 5, kind = 'post') {
  const lines = kind === 'post' ? ['w30', 'w95', 'w80', 'w55'] : ['w30', 'w55'];
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, Array.from({ length: count }, (_, i) =>
    h('div', { class: 'post' }, h('div', { class: 'post-margin' }, h('div', { class: 'avatar' })),
      h('div', { class: 'post-main' }, lines.slice(0, lines.length - i % 2).map(width => h('div', { class: `bone ${width}` })), h('p', null, ' ')))));
}
