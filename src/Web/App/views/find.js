import { h, icon } from '../js/dom.js';
import { get } from '../js/api.js';
import { go } from '../js/router.js';
import { person } from '../js/account.js';
import { postCard } from '../js/status-card.js';
import { tagLine } from './tags.js';
import { suggestions } from '../js/suggestions.js';
import { empty, end, skeleton, trouble } from '../js/states.js';
import { t } from '../js/i18n.js';

/** Find someone by handle or address, see who they are and what they write, follow. @param {Record<string, string>} _ @param {URLSearchParams} query */
export function find(_, query) {
  const asked = query.get('q')?.trim() ?? '';
  const input = h('input', { class: 'input', type: 'search', name: 'q', dir: 'auto', value: asked, placeholder: t('@someone@example.org or a link'), 'aria-label': t('Find people and posts'), autocapitalize: 'none', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' });
  const head = h('form', { class: 'search', role: 'search', action: '/find', onsubmit: event => { event.preventDefault(); go(`/find?q=${encodeURIComponent(input.value.trim())}`, { replace: true }); } }, icon('find'), input);
  const results = h('div');
  if (asked) search(asked, results);
  else results.append(empty(t('Whom are you looking for'), t('Type a handle such as @someone@example.org, or paste the address of a profile or a post. Calf asks their server directly.'),
    h('a', { class: 'button', href: '/follow-list' }, t('Follow a whole list'))), operators(), suggestions());
  return { title: t('Find'), head, node: results, place: 'find', focus: asked ? undefined : () => input.focus() };
}

/** What a search can say beside words. */
const operators = () => h('details', { class: 'operators' }, h('summary', null, t('Search more closely')), h('dl', { class: 'keys' }, [
  ['"long grass"', t('these words, in this order')], ['-rain', t('without this word')], ['#garden', t('with this tag')], ['from:@someone@example.org', t('by them; from:me is you')], ['has:media', t('or poll, link, image, video, audio')], ['is:reply', t('or sensitive, quote')],
  ['language:en', t('in this language')], ['before:2026-01-31', t('or after:, during:')], ['in:library', t('only what you wrote, boosted, favourited, bookmarked or answered')]].map(([key, text]) => [h('dt', null, h('kbd', null, key)), h('dd', null, text)])));

/** @param {string} asked @param {HTMLElement} results */
async function search(asked, results) {
  results.replaceChildren(skeleton(3, 'person'));
  try {
    const found = await get('/api/v2/search', { q: asked, resolve: true, limit: 20 });
    const people = found.accounts ?? [], posts = found.statuses ?? [], tags = found.hashtags ?? [];
    if (!people.length && !posts.length && !tags.length) return results.replaceChildren(nothing(asked));
    const only = people.length === 1 && !posts.length && !tags.length;
    results.replaceChildren(
      people.length ? h('div', { class: 'ruled' }, people.map((/** @type {any} */ account) => person(account))) : '',
      tags.length ? h('div', null, tags.map(tagLine)) : '',
      posts.length ? h('div', { class: 'ruled' }, posts.map((/** @type {any} */ status) => postCard(status))) : '',
      only ? await latest(people[0]) : end(t('That is all that was found.')));
  } catch (problem) { results.replaceChildren(trouble(problem, () => search(asked, results))); }
}

/** @param {string} asked */
const nothing = asked => /^@?[^@\s]+@[^@\s]+\.[^@\s]+$|^https?:/.test(asked)
  ? empty(t('Nobody there'), t('Their server did not answer, or it knows nobody by that name. Check the spelling, or try the address of their profile.'), h('a', { class: 'button', href: `/why?url=${encodeURIComponent(asked)}` }, t('Why don’t I see it?')))
  : empty(t('Nothing by that name'), t('Only people and posts that have been here before are found by name. For others, type the whole handle: @someone@example.org.'));

/** @param {any} account */
async function latest(account) {
  const posts = await get(`/api/v1/accounts/${account.id}/statuses`, { limit: 5, exclude_replies: true }).catch(() => []);
  if (!posts.length) return end(t('None of their posts have come here yet. Follow them, and the next ones will.'));
  return h('div', null, h('div', { class: 'ruled' }, posts.map((/** @type {any} */ status) => postCard(status))), h('p', { class: 'feed-end' }, h('a', { href: `/people/${account.id}` }, t('Open their profile'))));
}
