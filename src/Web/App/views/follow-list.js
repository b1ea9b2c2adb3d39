import { h, icon } from '../js/dom.js';
import { get, post, remove } from '../js/api.js';
import { avatar, handle, name } from '../js/account.js';
import { ask, complain, toast } from '../js/float.js';
import { t, tn, tnx } from '../js/i18n.js';

const root = '/api/calf/v1/follow_lists';
/** Milliseconds between two looks at how far it is. */
const look = 3_000;
const states = { followed: t('You follow them'), requested: t('Asked already'), waiting: t('Comes soon'), you: t('That is you') };

/** Follow a whole list: see first who is on it. @param {Record<string, string>} _ @param {URLSearchParams} query */
export function followList(_, query) {
  const preview = h('div', { 'aria-live': 'polite' }), progress = h('div');
  const show = async (/** @type {{ url?: string, text?: string }} */ list, /** @type {HTMLElement | null} */ button) => {
    button?.setAttribute('aria-busy', 'true');
    try { preview.replaceChildren(chooser(await post(`${root}/preview`, list), preview, progress)); } catch (problem) { complain(problem); }
    button?.removeAttribute('aria-busy');
  };
  const read = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget), text = await input.files?.[0]?.text();
    input.value = '';
    if (text) show({ text }, null);
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const words = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('list')).trim();
    if (words) show(/^https?:\/\/\S+$/.test(words) ? { url: words } : { text: words }, event.submitter);
  };
  const asked = query.get('url') ?? '';
  if (asked) show({ url: asked }, null);
  follow(progress);
  const node = h('div', { class: 'settings' }, progress,
    h('form', { onsubmit: submit },
      h('label', { class: 'field' }, h('span', null, t('The list')),
        h('textarea', { class: 'input', name: 'list', rows: 4, dir: 'auto', spellcheck: 'false', autocapitalize: 'none', placeholder: t('@someone@example.org, one a line\nor the link of a starter pack') }, asked),
        h('small', null, t('Handles, the link of a starter pack or of a list, or the file of follows that Mastodon saves. You see first who is on it.'))),
      h('div', { class: 'row' }, h('button', { type: 'submit', class: 'button main' }, t('Look at it')),
        h('label', { class: 'button' }, t('Choose a file'), h('input', { type: 'file', class: 'unseen', accept: '.csv,.txt,text/csv,text/plain', onchange: read })))),
    preview);
  return { title: t('Follow a list'), node, place: 'find' };
}

/** @param {any} list @param {HTMLElement} preview @param {HTMLElement} progress */
function chooser(list, preview, progress) {
  const fresh = list.people.filter((/** @type {any} */ one) => one.state === 'new');
  const button = h('button', { type: 'submit', class: 'button main' });
  const form = h('form', { onsubmit: send, onchange: count });
  const chosen = () => /** @type {string[]} */ (new FormData(form).getAll('line'));
  function count() {
    button.textContent = tn(chosen().length, 'Follow {n} person', 'Follow {n} people');
    button.disabled = !chosen().length;
  }
  async function send(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    button.setAttribute('aria-busy', 'true');
    try {
      await post(root, { text: chosen().join('\n') });
      preview.replaceChildren();
      follow(progress);
    } catch (problem) { complain(problem); }
    button.removeAttribute('aria-busy');
  }
  form.append(h('h2', null, list.title || t('Who is on it')),
    h('p', { class: 'hint' }, howMany(list.people.length, fresh.length)),
    h('ul', { class: 'things' }, list.people.map(line)),
    list.skipped.length ? h('p', { class: 'small quiet' }, tnx(list.skipped.length, 'One line was left out: {line}', '{n} lines were left out, the first: {line}', { line: h('bdi', null, list.skipped[0].text) })) : '',
    fresh.length ? h('div', null, button) : '');
  count();
  return form;
}

/** @param {number} all @param {number} fresh */
function howMany(all, fresh) {
  if (fresh === all) return tn(all, '{n} person', '{n} people');
  return fresh ? tn(all, '{n} person, {fresh} of them new.', '{n} people, {fresh} of them new.', { fresh }) : tn(all, '{n} person, none of them new.', '{n} people, none of them new.');
}

/** @param {any} one */
function line(one) {
  const who = one.account
    ? [avatar(one.account, false), h('div', null, h('p', null, name(one.account)), h('p', { class: 'small quiet' }, handle(one.account)))]
    : [icon('you'), h('div', null, h('p', null, h('bdi', null, one.person)))];
  return one.state === 'new'
    ? h('li', null, h('label', { class: 'choice' }, h('input', { type: 'checkbox', name: 'line', value: one.line, checked: true }), who))
    : h('li', null, who, h('span', { class: 'small quiet' }, states[/** @type {keyof typeof states} */ (one.state)]));
}

/** Says how far the followed lists are until nobody waits. @param {HTMLElement} node */
async function follow(node) {
  let state;
  try { state = await get(root); } catch (problem) { return complain(problem); }
  draw(node, state);
  if (state.waiting) setTimeout(() => { if (node.isConnected) follow(node); }, look);
}

/** @param {HTMLElement} node @param {any} state */
function draw(node, state) {
  if (!state.waiting && !state.done && !state.failed.length) return node.replaceChildren();
  const stop = async () => {
    if (state.waiting && !await ask({ title: t('Stop here?'), text: t('Those who wait are not followed. Whom you follow already, you go on following.'), yes: t('Stop') })) return;
    try { draw(node, await remove(root)); toast(t('Done.')); } catch (problem) { complain(problem); }
  };
  node.replaceChildren(h('section', null, h('h2', null, state.waiting ? t('Being followed||title: people of a list') : t('Followed||title: what became of a list')),
    h('p', null, state.waiting ? tn(state.done, '{n} person followed, {waiting} to come.', '{n} people followed, {waiting} to come.', { waiting: state.waiting }) : tn(state.done, '{n} person followed.', '{n} people followed.')),
    state.failed.length ? h('details', null, h('summary', null, tn(state.failed.length, 'One could not be', '{n} could not be||followed')),
      h('ul', { class: 'things' }, state.failed.map((/** @type {any} */ one) => h('li', null, icon('warning', 'small is-amber'), h('div', null, h('p', null, h('bdi', null, one.person)), h('p', { class: 'small quiet' }, one.reason)))))) : '',
    h('div', null, h('button', { type: 'button', class: 'button', onclick: stop }, state.waiting ? t('Stop') : t('Forget this')))));
}
