import { h, icon } from '../js/dom.js';
import { get, post } from '../js/api.js';
import { go } from '../js/router.js';
import { person } from '../js/account.js';
import { isMe } from '../js/session.js';
import { postCard } from '../js/status-card.js';
import { complain } from '../js/float.js';
import { empty, skeleton, trouble } from '../js/states.js';
import { time } from '../js/time.js';
import { t, tn, tx } from '../js/i18n.js';

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
  const input = h('input', { class: 'input', type: 'search', name: 'url', dir: 'auto', value: asked, placeholder: t('Link of a post, or a handle'), 'aria-label': t('Link of a post or profile, or a handle'), autocapitalize: 'none', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' });
  const head = h('form', { class: 'search', role: 'search', action: '/why', onsubmit: event => { event.preventDefault(); go(`/why?url=${encodeURIComponent(input.value.trim())}`, { replace: true }); } }, icon('find'), input);
  const node = h('div');
  if (asked) explain(asked, node);
  else node.append(empty(t('What is it that you do not see'), t('Paste the link of a post, or the handle of a person. Calf looks at what came, what was refused, and what you chose, and says why.')));
  return { title: t('Why don’t I see it?'), head, node, place: 'find', focus: asked ? undefined : () => input.focus() };
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
        answer.origin ? h('li', null, icon('server', 'small', t('Its server')), h('span', null, answer.origin.sentence)) : waits ? h('li', { class: 'quiet' }, icon('server', 'small'), h('span', null, t('Its server is being asked.'))) : null),
      answer.can_fetch ? h('div', null, h('button', { type: 'button', class: 'button main', onclick: event => bring(event.currentTarget, asked, node) }, icon('down', 'small'), t('Fetch it now'))) : null,
      answer.refusals.length ? refusals(answer.refusals) : null),
    shown ?? '');
}

/** @param {any} one */
function reason(one) {
  const [glyph, where] = signs[one.code] ?? ['warning'];
  return h('li', null, icon(glyph, `small ${one.hides ? 'is-amber' : ''}`), h('span', null, one.sentence, one.at && [' ', h('span', { class: 'quiet' }, time(one.at, true))], where && [' ', h('a', { href: where }, t('Change it'))]));
}

/** @param {any[]} list */
const refusals = list => h('details', null, h('summary', null, tn(list.length, 'What was refused', 'What was refused, {n} times')),
  h('ul', null, list.map(one => h('li', null, icon('refused', 'small is-brick'), h('span', null, h('span', { class: 'quiet' }, sent(one)), h('br'), one.reason)))));

/** @param {any} one */
function sent(one) {
  const values = { host: h('b', null, one.host), type: one.type, status: String(one.status), when: time(one.created_at, true) };
  return one.type ? tx('{host} sent a {type}, answered {status}, {when}', values) : tx('{host} sent a letter, answered {status}, {when}', values);
}

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
