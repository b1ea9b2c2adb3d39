import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { go } from '../js/router.js';
import { person } from '../js/account.js';
import { isMe } from '../js/session.js';
import { postCard } from '../js/status-card.js';
import { complain } from '../js/float.js';
import { empty, skeleton, trouble } from '../js/states.js';
import { time } from '../js/time.js';

const path = '/api/calf/v1/why';

/** What stands for each reason, and where it can be changed. @type {Record<string, [string, string?]>} */
const signs = {
  muted: ['mute', '/muted'], thread_muted: ['mute'], blocked: ['block', '/blocked'], blocked_by: ['block'], domain_blocked: ['block', '/settings'],
  domain_silenced: ['mute', '/settings'], filtered: ['eye'], held: ['clock', '/strangers'], not_for_you: ['private'], not_followed: ['follow'],
  follow_waits: ['clock'], author_unknown: ['follow'], boosts_hidden: ['boost'], languages: ['language'], exclusive_list: ['people'],
  reply_to_others: ['reply'], shown_before: ['boost'], fetched: ['again'], host_refused: ['refused'], account_gone: ['leave'], account_moved: ['forward'],
};

/** Why a post or a person is not seen: one address in, the answer in plain words. @param {Record<string, string>} _ @param {URLSearchParams} query */
export function why(_, query) {
  const asked = query.get('url')?.trim() ?? '';
  const input = h('input', { class: 'input', type: 'search', name: 'url', dir: 'auto', value: asked, placeholder: 'Link of a post, or a handle', 'aria-label': 'Link of a post or profile, or a handle', autocapitalize: 'none', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' });
  const head = h('form', { class: 'search', role: 'search', action: '/why', onsubmit: event => { event.preventDefault(); go(`/why?url=${encodeURIComponent(input.value.trim())}`, { replace: true }); } }, icon('find'), input);
  const node = h('div');
  if (asked) explain(asked, node);
  else node.append(empty('What is it that you do not see', 'Paste the link of a post, or the handle of a person. Calf looks at what came, what was refused, and what you chose, and says why.'));
  return { title: 'Why don’t I see it?', head, node, place: 'find', focus: asked ? undefined : () => input.focus() };
}

/** @param {string} asked @param {HTMLElement} node */
async function explain(asked, node) {
  node.replaceChildren(skeleton(1));
  try {
    const answer = await get(path, { url: asked });
    draw(answer, asked, node);
    // What is not here is asked of its own server, which can take a while.
    if (answer.can_fetch) draw(await get(path, { url: asked, fetch: true }), asked, node);
  } catch (problem) { node.replaceChildren(trouble(problem, () => explain(asked, node))); }
}

/** @param {any} answer @param {string} asked @param {HTMLElement} node */
function draw(answer, asked, node) {
  const waits = answer.can_fetch && !answer.origin;
  const shown = answer.status ? h('div', { class: 'ruled found' }, postCard(answer.status)) : answer.account && !isMe(answer.account) ? h('div', { class: 'ruled found' }, person(answer.account, { note: false })) : null;
  node.replaceChildren(
    h('section', { class: 'why', 'aria-live': 'polite' },
      h('h2', null, answer.sentence, answer.at && h('span', { class: 'quiet' }, ' ', time(answer.at, true))),
      h('ul', null, answer.reasons.map((/** @type {any} */ one) => reason(one)),
        answer.origin ? h('li', null, icon('server', 'small', 'Its server'), h('span', null, answer.origin.sentence)) : waits ? h('li', { class: 'quiet' }, icon('server', 'small'), h('span', null, 'Its server is being asked.')) : null),
      answer.can_fetch ? h('div', null, h('button', { type: 'button', class: 'button main', onclick: event => bring(event.currentTarget, asked, node) }, icon('down', 'small'), 'Fetch it now')) : null,
      answer.refusals.length ? refusals(answer.refusals) : null),
    shown ?? '');
}

/** @param {any} one */
function reason(one) {
  const [glyph, where] = signs[one.code] ?? ['warning'];
  return h('li', null, icon(glyph, `small ${one.hides ? 'is-amber' : ''}`), h('span', null, one.sentence, one.at && [' ', h('span', { class: 'quiet' }, time(one.at, true))], where && [' ', h('a', { href: where }, 'Change it')]));
}

/** @param {any[]} list */
const refusals = list => h('details', null, h('summary', null, list.length === 1 ? 'What was refused' : `What was refused, ${list.length} times`),
  h('ul', null, list.map(one => h('li', null, icon('refused', 'small is-brick'), h('span', null, h('b', null, one.host), ' ', h('span', { class: 'quiet' }, `sent a ${one.type || 'letter'}, answered ${one.status}, `, time(one.created_at, true)), h('br'), one.reason)))));

/** @param {HTMLElement} button @param {string} asked @param {HTMLElement} node */
async function bring(button, asked, node) {
  button.setAttribute('aria-busy', 'true');
  try {
    draw(await post(`${path}/fetch`, { url: asked }), asked, node);
  } catch (problem) {
    button.removeAttribute('aria-busy');
    complain(problem);
  }
}
