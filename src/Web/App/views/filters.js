import { h, icon } from '../js/dom.js';
import { get, post, put, remove } from '../js/api.js';
import { plain } from '../js/html.js';
import { ask, complain, toast } from '../js/float.js';
import { go, redraw } from '../js/router.js';
import { empty, skeleton, trouble } from '../js/states.js';
import { until } from '../js/time.js';
import { all, t, tn } from '../js/i18n.js';

/** @typedef {{ id?: string, keyword: string, whole_word: boolean }} Keyword @typedef {{ id: string, title: string, context: string[], filter_action: string, expires_at: string | null, keywords: Keyword[], statuses: { id: string, status_id: string }[] }} Filter */

const root = '/api/v2/filters';
/** @type {Record<string, [string, string]>} in a list, and as a choice */
const contexts = {
  home: [t('home||a place where a filter holds'), t('Home and lists')], notifications: [t('notifications||a place where a filter holds'), t('Notifications and conversations')], public: [t('tags and search||a place where a filter holds'), t('Tags and search')],
  thread: [t('threads||a place where a filter holds'), t('Threads')], account: [t('profiles||a place where a filter holds'), t('Profiles')],
};
/** @type {Record<string, [string, string]>} */
const actions = {
  warn: [t('Folds to one line'), t('Fold it to one line, which says why')], blur: [t('Covers the pictures'), t('Cover its pictures, the words stay')], hide: [t('Leaves out'), t('Leave it out altogether')],
};
const hour = 3600, day = 24 * hour;
/** In seconds. @type {[number, string][]} */
const spans = [[hour, tn(1, 'for one hour', 'for {n} hours')], [12 * hour, tn(12, 'for one hour', 'for {n} hours')], [day, tn(1, 'for one day', 'for {n} days')], [7 * day, tn(7, 'for one day', 'for {n} days')], [30 * day, tn(30, 'for one day', 'for {n} days')]];

/** What the owner does not want to read. @param {Record<string, string>} _ @param {URLSearchParams} query */
export async function filters(_, query) {
  const about = query.get('post'), id = query.get('edit');
  const shell = (/** @type {string} */ title, /** @type {Node} */ node) => ({ title, node, place: 'settings' });
  try {
    if (id) return shell(t('Filter||title of the page of one'), form(await get(`${root}/${id}`)));
    const word = query.get('word') ?? '';
    if (about) {
      const [status, known] = await Promise.all([get(`/api/v1/statuses/${about}`), get(root)]);
      return shell(t('Filter this'), h('div', null, h('p', { class: 'offline' }, h('span', { class: 'snippet', dir: 'auto' }, h('b', null, `@${status.account.acct}`), ' ', status.spoiler_text || plain(status.content))), joining(known, status, word), form(null, word, status, known.length ? t('Or make a new one') : '')));
    }
    return query.has('new') ? shell(t('New filter'), form(null, word)) : { ...shell(t('Filters'), list()), head: h('div', { class: 'page-title' }, h('span', { class: 'title' }, t('Filters')), h('a', { class: 'button compact', href: '/filters?new' }, icon('plus', 'small'), t('New filter'))) };
  } catch (problem) { return shell(t('Filters'), trouble(problem.status === 404 ? { message: t('This is not here any more.') } : problem, redraw)); }
}

function list() {
  const rows = h('ul', { class: 'things roomy' });
  const draw = async () => {
    rows.replaceChildren(skeleton(3, 'person'));
    try {
      const known = await get(root);
      rows.replaceChildren(...known.length ? known.map(row) : [h('li', { class: 'bare' }, empty(t('Nothing is filtered'), t('A filter folds, covers or leaves out posts with words that you would rather not read. Nobody is told.'), h('a', { class: 'button main', href: '/filters?new' }, t('New filter'))))]);
    } catch (problem) { rows.replaceChildren(h('li', null, trouble(problem, draw))); }
  };
  draw();
  return rows;
}

/** @param {Filter} filter */
const row = filter => h('li', null, icon('filter'), h('div', null, h('a', { class: 'plain', href: `/filters?edit=${filter.id}`, dir: 'auto' }, filter.title),
  h('p', { class: 'small', dir: 'auto' }, [...filter.keywords.map(one => t('“{word}”', { word: one.keyword })), filter.statuses.length ? tn(filter.statuses.length, 'one post', '{n} posts') : ''].filter(Boolean).join(', ') || t('No words yet')),
  h('p', { class: 'small quiet' }, [actions[filter.filter_action][0], all(filter.context.map(name => contexts[name][0])), ends(filter)].filter(Boolean).join(' · '))));

/** @param {Filter} filter */
const ends = filter => !filter.expires_at ? '' : new Date(filter.expires_at) < new Date() ? t('it no longer holds') : t('ends {when}||a filter', { when: until(new Date(filter.expires_at)) });

/** The filters that there are, to take a post and perhaps a word in. @param {Filter[]} known @param {any} status @param {string} word */
function joining(known, status, word) {
  const add = async (/** @type {Filter} */ filter) => {
    try {
      if (!filter.statuses.some(one => one.status_id === status.id)) await post(`${root}/${filter.id}/statuses`, { status_id: status.id });
      if (word && !filter.keywords.some(one => one.keyword === word)) await post(`${root}/${filter.id}/keywords`, { keyword: word, whole_word: true });
      done(filter.id);
    } catch (problem) { complain(problem); }
  };
  return known.length ? h('section', { class: 'settings joining' }, h('h2', null, t('Add it to a filter')), h('div', { class: 'row' }, known.map(filter => h('button', { type: 'button', class: 'button compact', onclick: () => add(filter) }, icon('filter', 'small'), filter.title)))) : null;
}

/** @param {string} id */
function done(id) {
  go(`/filters?edit=${id}`, { replace: true });
  toast(t('Saved. It holds for what you open from now on.'));
}

/** @param {Filter | null} filter that is changed, else a new one @param {string} [word] @param {any} [status] @param {string} [title] */
function form(filter, word = '', status, title) {
  const words = h('ul', { class: 'stack' });
  const line = (/** @type {Keyword} */ one) => {
    const item = h('li', { class: 'filter-word', data: { id: one.id ?? '' } }, h('input', { class: 'input', maxlength: 512, dir: 'auto', 'aria-label': t('Word or phrase'), value: one.keyword, autocapitalize: 'none' }),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Take this word away'), title: t('Take away'), onclick: () => { item.hidden = true; item.querySelector('input').value = ''; add.focus(); } }, icon('close', 'small')),
      h('label', { class: 'choice' }, h('input', { type: 'checkbox', checked: one.whole_word }), h('span', null, t('Whole word only'))));
    return item;
  };
  const more = () => {
    words.append(line({ keyword: '', whole_word: true }));
    words.lastElementChild.querySelector('input').focus();
  };
  const add = h('button', { type: 'button', class: 'button compact', onclick: more }, icon('plus', 'small'), t('One more word'));
  words.append(...(filter?.keywords ?? (status && !word ? [] : [{ keyword: word, whole_word: true }])).map(line));
  const keep = !!filter?.expires_at && new Date(filter.expires_at) > new Date();
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget), data = new FormData(form), lasting = data.get('lasting');
    const sent = {
      title: data.get('title'), context: data.getAll('context'), filter_action: data.get('action'), ...lasting === 'keep' ? {} : { expires_in: lasting ? Number(lasting) : null },
      keywords_attributes: [...words.children].map(item => {
        const [text, whole] = item.querySelectorAll('input'), id = item.dataset.id || undefined, keyword = text.value.trim();
        return keyword ? { id, keyword, whole_word: whole.checked } : id && { id, _destroy: true };
      }).filter(Boolean),
    };
    try {
      const saved = await (filter ? put(`${root}/${filter.id}`, sent) : post(root, sent));
      if (data.has('post')) await post(`${root}/${saved.id}/statuses`, { status_id: status.id });
      if (status) return done(saved.id);
      go('/filters', { replace: true });
      toast(t('Saved. It holds for what you open from now on.'));
    } catch (problem) { complain(problem); }
  };
  const erase = async () => {
    if (!filter || !await ask({ title: t('Delete “{filter}”?', { filter: filter.title }), text: t('What it kept from you is shown again.'), yes: t('Delete') })) return;
    try {
      await remove(`${root}/${filter.id}`);
      go('/filters', { replace: true });
    } catch (problem) { complain(problem); }
  };
  const chosen = filter?.filter_action ?? 'warn', where = filter?.context ?? Object.keys(contexts);
  return h('div', { class: 'settings' }, h('form', { onsubmit: save }, title && h('h2', null, title),
    h('label', { class: 'field' }, h('span', null, t('Name||of a filter')), h('input', { class: 'input', name: 'title', required: true, maxlength: 256, dir: 'auto', value: filter?.title ?? word, placeholder: t('You read it on the line of a folded post') })),
    h('fieldset', null, h('legend', null, t('Words that it looks for')), words, add),
    status && h('label', { class: 'choice' }, h('input', { type: 'checkbox', name: 'post', checked: true }), h('span', null, t('This very post'), h('small', null, t('Whatever its words are.')))),
    filter?.statuses.length ? posts(filter) : null,
    h('fieldset', null, h('legend', null, t('What happens to a post')), Object.entries(actions).map(([key, [, label]]) => h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'action', value: key, checked: key === chosen }), h('span', null, label)))),
    h('fieldset', null, h('legend', null, t('Where it holds')), Object.entries(contexts).map(([key, [, label]]) => h('label', { class: 'choice' }, h('input', { type: 'checkbox', name: 'context', value: key, checked: where.includes(key) }), h('span', null, label)))),
    h('label', { class: 'field' }, h('span', null, t('How long')), h('select', { class: 'input', name: 'lasting' }, filter && keep && h('option', { value: 'keep' }, ends(filter)), h('option', { value: '' }, t('until you delete it')), spans.map(([seconds, label]) => h('option', { value: seconds }, label)))),
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'button main' }, t('Save')), filter && h('button', { type: 'button', class: 'button brick', onclick: erase }, t('Delete the filter')))));
}

/** The single posts of a filter. @param {Filter} filter */
function posts(filter) {
  const take = async (/** @type {HTMLElement} */ button, /** @type {string} */ id) => {
    try {
      await remove(`${root}/statuses/${id}`);
      button.closest('li')?.remove();
    } catch (problem) { complain(problem); }
  };
  return h('fieldset', null, h('legend', null, t('Single posts')), h('ul', { class: 'things' }, filter.statuses.map(one => {
    const words = h('a', { class: 'snippet', href: `/posts/${one.status_id}`, dir: 'auto' }, t('A post'));
    get(`/api/v1/statuses/${one.status_id}`).then(status => words.replaceChildren(h('b', null, `@${status.account.acct}`), ' ', status.spoiler_text || plain(status.content)), () => {});
    return h('li', null, h('div', null, words), h('button', { type: 'button', class: 'icon-button', 'aria-label': t('Take this post away'), title: t('Take away'), onclick: event => take(event.currentTarget, one.id) }, icon('close', 'small')));
  })));
}
