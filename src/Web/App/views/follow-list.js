import { h, icon } from '../js/dom.js';
import { get, post, remove } from '../js/api.js';
import { avatar, handle, name } from '../js/account.js';
import { ask, complain, toast } from '../js/float.js';

const root = '/api/calf/v1/follow_lists';
/** Milliseconds between two looks at how far it is. */
const look = 3_000;
const states = { followed: 'You follow them', requested: 'Asked already', waiting: 'Comes soon', you: 'That is you' };
/** @param {number} n */
const people = n => n === 1 ? '1 person' : `${n} people`;

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
      h('label', { class: 'field' }, h('span', null, 'The list'),
        h('textarea', { class: 'input', name: 'list', rows: 4, dir: 'auto', spellcheck: 'false', autocapitalize: 'none', placeholder: '@someone@example.org, one a line\nor the link of a starter pack' }, asked),
        h('small', null, 'Handles, the link of a starter pack or of a list, or the file of follows that Mastodon saves. You see first who is on it.')),
      h('div', { class: 'row' }, h('button', { type: 'submit', class: 'button main' }, 'Look at it'),
        h('label', { class: 'button' }, 'Choose a file', h('input', { type: 'file', class: 'unseen', accept: '.csv,.txt,text/csv,text/plain', onchange: read })))),
    preview);
  return { title: 'Follow a list', node, place: 'find' };
}

/** @param {any} list @param {HTMLElement} preview @param {HTMLElement} progress */
function chooser(list, preview, progress) {
  const fresh = list.people.filter((/** @type {any} */ one) => one.state === 'new');
  const button = h('button', { type: 'submit', class: 'button main' });
  const form = h('form', { onsubmit: send, onchange: count });
  const chosen = () => /** @type {string[]} */ (new FormData(form).getAll('line'));
  function count() {
    button.textContent = `Follow ${people(chosen().length)}`;
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
  form.append(h('h2', null, list.title || 'Who is on it'),
    h('p', { class: 'hint' }, fresh.length === list.people.length ? people(fresh.length) : `${people(list.people.length)}, ${fresh.length || 'none'} of them new.`),
    h('ul', { class: 'things' }, list.people.map(line)),
    list.skipped.length ? h('p', { class: 'small quiet' }, list.skipped.length === 1 ? 'One line was left out: ' : `${list.skipped.length} lines were left out, the first: `, h('bdi', null, list.skipped[0].text)) : '',
    fresh.length ? h('div', null, button) : '');
  count();
  return form;
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
    if (state.waiting && !await ask({ title: 'Stop here?', text: 'Those who wait are not followed. Whom you follow already, you go on following.', yes: 'Stop' })) return;
    try { draw(node, await remove(root)); toast('Done.'); } catch (problem) { complain(problem); }
  };
  node.replaceChildren(h('section', null, h('h2', null, state.waiting ? 'Being followed' : 'Followed'),
    h('p', null, `${people(state.done)} followed`, state.waiting ? `, ${state.waiting} to come.` : '.'),
    state.failed.length ? h('details', null, h('summary', null, state.failed.length === 1 ? 'One could not be' : `${state.failed.length} could not be`),
      h('ul', { class: 'things' }, state.failed.map((/** @type {any} */ one) => h('li', null, icon('warning', 'small is-amber'), h('div', null, h('p', null, h('bdi', null, one.person)), h('p', { class: 'small quiet' }, one.reason)))))) : '',
    h('div', null, h('button', { type: 'button', class: 'button', onclick: stop }, state.waiting ? 'Stop' : 'Forget this'))));
}
