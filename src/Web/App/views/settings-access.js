import { h, icon } from '../js/dom.js';
import { get, remove } from '../js/api.js';
import { ask, complain, toast } from '../js/float.js';
import { all, t, tx } from '../js/i18n.js';
import { time } from '../js/time.js';

/** Who may come in: browsers and apps. */
export const accessSections = () => [browsersSection(), appsSection(),
  h('form', { method: 'post', action: '/session/end' }, h('div', null, h('button', { type: 'submit', class: 'button' }, icon('leave'), t('Sign out here'))))];

/** @param {string} glyph @param {any[]} text @param {any} act */
const line = (glyph, text, act) => h('li', null, icon(glyph), h('div', null, text), act);

/** @param {string} label @param {string} path @param {string} question */
const end = (label, path, question) => h('button', {
  type: 'button', class: 'button compact', onclick: async event => {
    const item = event.currentTarget.closest('li');
    if (!await ask({ title: question, text: t('It has to sign in again to come back.'), yes: label })) return;
    try { await remove(path); item.remove(); toast(t('Done.')); } catch (problem) { complain(problem); }
  },
}, label);

function browsersSection() {
  const list = h('ul', { class: 'things' });
  get('/api/calf/v1/sessions').then(sessions => list.replaceChildren(...sessions.map((/** @type {any} */ one) => line('you',
    [h('p', null, one.name, one.current && [' ', h('span', { class: 'is-leaf small' }, t('this browser'))]), h('p', { class: 'small quiet' }, tx('since {since}, last used {used}', { since: time(one.created_at, true), used: time(one.last_used_at, true) }))],
    one.current ? null : end(t('Sign out'), `/api/calf/v1/sessions/${one.id}`, t('Sign this browser out?'))))), problem => list.replaceChildren(h('li', null, problem.message)));
  return h('section', null, h('h2', null, t('Browsers that are signed in')), list);
}

function appsSection() {
  const list = h('ul', { class: 'things' });
  const used = (/** @type {any} */ one) => one.last_used_at ? tx('may {scopes}, since {since}, last used {used}', { scopes: all(one.scopes), since: time(one.created_at, true), used: time(one.last_used_at, true) })
    : tx('may {scopes}, since {since}, not used yet', { scopes: all(one.scopes), since: time(one.created_at, true) });
  get('/api/calf/v1/apps').then(apps => list.replaceChildren(...apps.length ? apps.map((/** @type {any} */ one) => line('key', [h('p', null, one.name), h('p', { class: 'small quiet' }, used(one))],
    end(t('Remove'), `/api/calf/v1/apps/${one.id}`, t('Remove {name}?', { name: one.name })))) : [h('li', { class: 'quiet' }, t('No app has access.'))]), problem => list.replaceChildren(h('li', null, problem.message)));
  return h('section', null, h('h2', null, t('Apps')), list);
}
