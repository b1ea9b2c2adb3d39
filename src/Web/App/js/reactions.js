import { h } from './dom.js';
import { get } from './api.js';
import { person } from './account.js';
import { complain, dialog } from './float.js';
import { reaction } from './status-extras.js';
import { t, tn } from './i18n.js';

/** So many people are shown of one reaction. */
const most = 40;

/** Who put an emoji to a post. @param {any} one */
export async function who(one) {
  try {
    const people = await get('/api/v1/accounts', { 'id[]': one.account_ids.slice(0, most) }), left = one.count - people.length;
    const box = dialog(t('Who reacted'), h('div', { class: 'dialog-body', onclick: event => { if (event.target.closest('a')) box.close(); } },
      h('h2', null, reaction(one), ' ', tn(one.count, 'One person', '{n} people')),
      h('div', { vars: { gutter: '3rem', pad: '0.5rem' } }, people.map((/** @type {any} */ account) => person(account, { note: false }))), left > 0 && h('p', { class: 'small quiet' }, tn(left, 'And one more.', 'And {n} more.')),
      h('div', { class: 'dialog-foot' }, h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => box.close() }, t('Close')))));
  } catch (problem) { complain(problem); }
}
