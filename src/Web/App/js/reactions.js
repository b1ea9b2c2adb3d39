import { h } from './dom.js';
import { get } from './api.js';
import { person } from './account.js';
import { complain, dialog } from './float.js';
import { number, t, tn } from './i18n.js';

/** So many people are shown of one reaction. */
const most = 40;

/** The emoji that people of other software put to a post; each tells who did. @param {any} status */
export const reactions = status => status.emoji_reactions?.length ? h('ul', { class: 'reactions', 'aria-label': t('Reactions||emoji that others put to a post') }, status.emoji_reactions.map((/** @type {any} */ one) =>
  h('li', null, h('button', { type: 'button', class: 'reaction', title: one.name, 'aria-label': tn(one.count, '{emoji} from one person', '{emoji} from {n} people', { emoji: one.name }), onclick: () => who(one) }, picture(one), h('span', { class: 'count' }, number(one.count)))))) : null;

/** @param {any} one */
const picture = one => one.url ? h('img', { class: 'emoji', src: one.static_url ?? one.url, alt: '', loading: 'lazy' }) : h('span', null, one.name);

/** @param {any} one */
async function who(one) {
  try {
    const people = await get('/api/v1/accounts', { 'id[]': one.account_ids.slice(0, most) }), left = one.count - people.length;
    const box = dialog(t('Who reacted'), h('div', { class: 'dialog-body', onclick: event => { if (event.target.closest('a')) box.close(); } },
      h('h2', null, picture(one), ' ', tn(one.count, 'One person', '{n} people')),
      h('div', { vars: { gutter: '3rem', pad: '0.5rem' } }, people.map((/** @type {any} */ account) => person(account, { note: false }))), left > 0 && h('p', { class: 'small quiet' }, tn(left, 'And one more.', 'And {n} more.')),
      h('div', { class: 'dialog-foot' }, h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => box.close() }, t('Close')))));
  } catch (problem) { complain(problem); }
}
