import { h, icon } from '../js/dom.js';
import { get } from '../js/api.js';
import { person } from '../js/account.js';
import { t } from '../js/i18n.js';
import { skeleton, trouble } from '../js/states.js';
import { suggestions } from '../js/suggestions.js';
import { followList } from './follow-list.js';

const most = 5;

/** The first follows: one by one, those that are near, or a whole list. */
export function people() {
  const input = h('input', { class: 'input', type: 'search', name: 'q', dir: 'auto', placeholder: '@someone@example.org', 'aria-label': t('Handle or address of someone'), autocapitalize: 'none', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' });
  const found = h('div', { 'aria-live': 'polite' });
  const look = (/** @type {Event} */ event) => {
    event.preventDefault();
    const asked = input.value.trim();
    if (asked) search(asked, found);
  };
  return [
    h('form', { class: 'search', role: 'search', onsubmit: look }, icon('find'), input, h('button', { type: 'submit', class: 'button' }, t('Find||the button that searches'))),
    found,
    suggestions(),
    h('details', { class: 'guide-more', ontoggle: unfold }, h('summary', null, icon('list', 'small'), t('Paste a list, or the link of a starter pack'))),
    h('p', { class: 'hint' }, t('You know nobody here yet? Ask your friends for their handles, or look at the profile of somebody whom you read elsewhere: many name it there.')),
  ];
}

/** The list asks the server how far it is, so it is made when it is wanted. @param {Event} event */
function unfold(event) {
  const box = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (box.open && box.childElementCount === 1) box.append(followList({}, new URLSearchParams()).node);
}

/** @param {string} asked @param {HTMLElement} found */
async function search(asked, found) {
  found.replaceChildren(skeleton(1, 'person'));
  try {
    const { accounts } = await get('/api/v2/search', { q: asked, type: 'accounts', resolve: true, limit: most });
    found.replaceChildren(accounts.length ? h('div', { class: 'ruled' }, accounts.map((/** @type {any} */ account) => person(account)))
      : h('p', { class: 'guide-said' }, t('Nobody was found by that name. Check the spelling: a whole handle has two @ in it.')));
  } catch (problem) { found.replaceChildren(trouble(problem, () => search(asked, found))); }
}
