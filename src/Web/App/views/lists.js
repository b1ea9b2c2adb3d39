import { h, icon } from '../js/dom.js';
import { get, post, put, remove } from '../js/api.js';
import { feed } from '../js/feed.js';
import { person } from '../js/account.js';
import { postCard } from '../js/status-card.js';
import { ask, complain, toast } from '../js/float.js';
import { go, redraw } from '../js/router.js';
import { empty, skeleton, trouble } from '../js/states.js';
import { t } from '../js/i18n.js';

const root = '/api/v1/lists';

/** The owner's lists, and a new one. */
export function lists() {
  const node = h('div'), rows = h('ul', { class: 'things roomy' });
  const title = h('input', { class: 'input', required: true, maxlength: 200, dir: 'auto', placeholder: t('A new list'), 'aria-label': t('Name of the new list') });
  const make = async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      const list = await post(root, { title: title.value });
      go(`/lists/${list.id}?show=people`);
    } catch (problem) { complain(problem); }
  };
  const draw = async () => {
    rows.replaceChildren(skeleton(3, 'person'));
    try {
      const all = await get(root);
      rows.replaceChildren(...all.map((/** @type {any} */ list) => h('li', null, icon('list'), h('div', null, h('a', { class: 'plain', href: `/lists/${list.id}`, dir: 'auto' }, list.title), list.exclusive && h('p', { class: 'small quiet' }, t('Kept out of home'))))));
      if (!all.length) rows.replaceChildren(h('li', { class: 'bare' }, empty(t('No lists yet'), t('A list is a home of its own for some of the people whom you follow. Nobody is told.'))));
    } catch (problem) { rows.replaceChildren(h('li', null, trouble(problem, draw))); }
  };
  draw();
  node.append(h('form', { class: 'one-line', onsubmit: make }, title, h('button', { type: 'submit', class: 'button' }, t('Make it'))), rows);
  return { title: t('Lists'), node, place: 'lists' };
}

/** One list: its posts, its people, its ways. @param {Record<string, string>} parameters @param {URLSearchParams} query */
export async function list({ id }, query) {
  const show = query.get('show') ?? 'posts';
  let about;
  try { about = await get(`${root}/${id}`); } catch (problem) { return { title: t('List||title of a list that is not here'), node: trouble(problem.status === 404 ? { message: t('This list is not here any more.') } : problem, redraw), place: 'lists' }; }
  const tabs = h('nav', { class: 'tabs', 'aria-label': t('What to show') }, [['posts', t('Posts')], ['people', t('People')], ['ways', t('Settings')]].map(([key, label]) =>
    h('a', { href: `/lists/${id}${key === 'posts' ? '' : `?show=${key}`}`, 'aria-current': key === show ? 'page' : null }, label)));
  const body = show === 'people' ? people(id) : show === 'ways' ? ways(about) : feed({
    path: `/api/v1/timelines/list/${id}`, query: { limit: 20 }, label: about.title, render: item => postCard(item), end: t('That is all of this list.'),
    empty: [t('Nothing here yet'), t('What the people of this list write appears here.'), h('a', { class: 'button', href: `/lists/${id}?show=people` }, t('Choose people'))],
  });
  return { title: about.title, node: h('div', null, tabs, body), place: 'lists' };
}

/** Who is on it, and who could be. @param {string} id */
function people(id) {
  const member = (/** @type {any} */ account) => person(account, { note: false, action: h('button', { type: 'button', class: 'button compact', onclick: event => take(event.currentTarget, account) }, t('Take off||somebody from a list: button')) });
  const all = feed({ path: `${root}/${id}/accounts`, query: { limit: 40 }, kind: 'person', label: t('People on this list'), render: member, end: t('That is everyone.'), empty: [t('Nobody is on it'), t('Find people above. You can put those on a list whom you follow.')] });
  const found = h('div', { class: 'found' });
  const input = h('input', { class: 'input', type: 'search', dir: 'auto', placeholder: t('Whom you follow'), 'aria-label': t('Find people to add'), autocapitalize: 'none', autocomplete: 'off' });
  const find = async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      const accounts = await get('/api/v1/accounts/search', { q: input.value.trim(), following: true, limit: 10 });
      found.replaceChildren(...accounts.length ? accounts.map((/** @type {any} */ account) => person(account, { note: false, action: h('button', { type: 'button', class: 'button compact main', onclick: (/** @type {any} */ e) => add(e.currentTarget, account) }, t('Add||somebody to a list: button')) }))
        : [h('p', { class: 'feed-end' }, t('Nobody by that name whom you follow.'))]);
    } catch (problem) { complain(problem); }
  };
  const add = async (/** @type {HTMLElement} */ button, /** @type {any} */ account) => {
    try {
      await post(`${root}/${id}/accounts`, { account_ids: [account.id] });
      button.closest('.person')?.remove();
      all.addOnTop([account]);
    } catch (problem) { complain(problem); }
  };
  const take = async (/** @type {HTMLElement} */ button, /** @type {any} */ account) => {
    try {
      await remove(`${root}/${id}/accounts?account_ids[]=${account.id}`);
      button.closest('.person')?.remove();
      all.check();
    } catch (problem) { complain(problem); }
  };
  return h('div', null, h('form', { class: 'one-line', role: 'search', onsubmit: find }, input, h('button', { type: 'submit', class: 'button' }, t('Find||button: look for people'))), found, all);
}

const answers = [['list', t('Between people of this list')], ['followed', t('To anybody whom you follow')], ['none', t('None||no answers')]];

/** @param {any} about */
function ways(about) {
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    try {
      await put(`${root}/${about.id}`, { title: form.get('title'), replies_policy: form.get('replies'), exclusive: form.has('exclusive') });
      redraw();
      toast(t('Saved.'));
    } catch (problem) { complain(problem); }
  };
  const erase = async () => {
    if (!await ask({ title: t('Delete “{list}”?', { list: about.title }), text: t('You go on following its people. They are not told.'), yes: t('Delete') })) return;
    try {
      await remove(`${root}/${about.id}`);
      go('/lists', { replace: true });
    } catch (problem) { complain(problem); }
  };
  return h('div', { class: 'settings' }, h('form', { onsubmit: save },
    h('label', { class: 'field' }, h('span', null, t('Name||of a list')), h('input', { class: 'input', name: 'title', required: true, dir: 'auto', value: about.title })),
    h('fieldset', null, h('legend', null, t('Answers that it shows')), answers.map(([key, label]) => h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'replies', value: key, checked: about.replies_policy === key }), h('span', null, label)))),
    h('label', { class: 'choice' }, h('input', { type: 'checkbox', name: 'exclusive', checked: about.exclusive }), h('span', null, t('Keep its people out of home'), h('small', null, t('Their posts appear in this list alone.')))),
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'button main' }, t('Save')), h('button', { type: 'button', class: 'button brick', onclick: erase }, t('Delete the list')))));
}
