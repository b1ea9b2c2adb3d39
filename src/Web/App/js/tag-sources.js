import { h, icon } from './dom.js';
import { get, post, put, remove } from './api.js';
import { complain, toast } from './float.js';
import { t, tn } from './i18n.js';

const root = '/api/calf/v1/tag_sources';

/** Where hashtags are looked for that you follow, and how much may come of it. */
export function tagSourcesSection() {
  const list = h('ul', { class: 'things' }), most = h('input', { class: 'input', type: 'number', name: 'most', min: 0, max: 100000, required: true }), today = h('small');
  const show = (/** @type {any} */ state) => {
    list.replaceChildren(...state.servers.length ? state.servers.map((/** @type {any} */ one) => line(one, show)) : [h('li', { class: 'quiet' }, t('No server yet: only what comes by itself has your hashtags.'))]);
    most.value = state.posts_per_day;
    today.textContent = tn(state.posts_today, '{n} came today.||posts', '{n} came today.||posts');
  };
  const act = (/** @type {(form: FormData) => Promise<any>} */ send) => async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    try {
      const state = await send(new FormData(form));
      form.reset();
      show(state);
      toast(t('Saved.'));
    } catch (problem) { complain(problem); }
  };
  get(root).then(show, problem => list.replaceChildren(h('li', null, problem.message)));
  return h('section', null, h('h2', null, t('Hashtags from elsewhere')),
    h('p', { class: 'hint' }, t('Large servers show what everybody there writes with a hashtag. Calf can look there four times an hour for those that you follow; each post is then fetched from where it was written.')),
    list,
    h('form', { onsubmit: act(form => post(root, { host: form.get('host') })) },
      h('div', { class: 'pair' }, h('input', { class: 'input', name: 'host', required: true, 'aria-label': t('Server||the address of one'), placeholder: 'mastodon.example', autocapitalize: 'none' }), h('button', { type: 'submit', class: 'button' }, t('Ask it||a server')))),
    h('form', { onsubmit: act(form => put(root, { posts_per_day: Number(form.get('most')) })) },
      h('label', { class: 'field' }, h('span', null, t('Posts a day from hashtags and relays, at most')), h('div', { class: 'pair' }, most, h('button', { type: 'submit', class: 'button' }, t('Save'))), today)));
}

/** @param {any} one @param {(state: any) => void} show */
function line(one, show) {
  const leave = async () => {
    try { show(await remove(`${root}/${encodeURIComponent(one.host)}`)); } catch (problem) { complain(problem); }
  };
  return h('li', null, icon('server'), h('div', null, h('p', null, one.host), one.error && h('p', { class: 'small is-brick' }, one.error)),
    h('button', { type: 'button', class: 'button compact', onclick: leave }, t('Stop||asking a server')));
}
