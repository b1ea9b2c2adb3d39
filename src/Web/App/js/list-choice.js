import { h } from './dom.js';
import { get, post, remove } from './api.js';
import { complain, dialog } from './float.js';
import { t } from './i18n.js';

/** On which lists somebody is. @param {any} account one whom the owner follows */
export async function chooseLists(account) {
  try {
    const [all, theirs] = await Promise.all([get('/api/v1/lists'), get(`/api/v1/accounts/${account.id}/lists`)]);
    const line = (/** @type {any} */ list) => h('label', { class: 'choice' }, h('input', {
      type: 'checkbox', checked: theirs.some((/** @type {any} */ one) => one.id === list.id),
      onchange: async event => {
        const box = event.target, path = `/api/v1/lists/${list.id}/accounts`;
        try { await (box.checked ? post(path, { account_ids: [account.id] }) : remove(`${path}?account_ids[]=${account.id}`)); }
        catch (problem) { box.checked = !box.checked; complain(problem); }
      },
    }), h('span', { dir: 'auto' }, list.title));
    const box = dialog(t('Lists||of people'), h('div', { class: 'dialog-body' }, h('h2', null, t('Lists with {person}', { person: `@${account.username}` })),
      all.length ? h('div', null, all.map(line)) : h('p', { class: 'quiet' }, t('You have no lists yet.')),
      h('div', { class: 'dialog-foot' }, h('a', { class: 'button', href: '/lists', onclick: () => box.close() }, t('All lists||of people')), h('button', { type: 'button', class: 'button main', onclick: () => box.close() }, t('Done')))));
  } catch (problem) { complain(problem); }
}
