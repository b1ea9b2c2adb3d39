import { h, icon } from './dom.js';
import { get, remove } from './api.js';
import { person } from './account.js';
import { complain } from './float.js';
import { t } from './i18n.js';

const why = { friends_of_friends: t('Followed or boosted by people you follow'), most_interactions: t('Follows you||a person') };

/** People to get to know; nothing where there is nobody. */
export function suggestions() {
  const node = h('section', { hidden: true, 'aria-label': t('People you may know') });
  get('/api/v2/suggestions', { limit: 12 }).then(list => {
    if (!list.length) return;
    node.hidden = false;
    node.replaceChildren(h('h2', { class: 'ruled-title' }, t('People you may know')), h('div', { class: 'ruled' }, list.map(line)));
  }, complain);
  return node;
}

/** @param {any} one */
function line(one) {
  const dismiss = async (/** @type {Event} */ event) => {
    const item = /** @type {HTMLElement} */ (event.currentTarget).closest('.suggestion');
    try { await remove(`/api/v1/suggestions/${one.account.id}`); item?.remove(); } catch (problem) { complain(problem); }
  };
  return h('div', { class: 'suggestion' }, person(one.account), h('p', { class: 'small quiet suggestion-why' },
    h('span', null, why[/** @type {keyof typeof why} */ (one.sources?.[0])] ?? ''),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Do not suggest {person}', { person: `@${one.account.acct}` }), title: t('Not this one||is to be suggested'), onclick: dismiss }, icon('close'))));
}
