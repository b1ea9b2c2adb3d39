import { isMe } from './session.js';
import { t } from './i18n.js';

/** @typedef {{ filter: { title: string, context: string[], filter_action: string }, keyword_matches: string[] | null }} Match https://docs.joinmastodon.org/entities/FilterResult/ */

/** What a filter calls each place; in the others, such as the bookmarks, everything is shown. @type {Record<string, string>} */
const contexts = { home: 'home', lists: 'home', notifications: 'notifications', conversations: 'notifications', find: 'public', tagged: 'public', posts: 'thread', people: 'account', you: 'account' };
const strength = ['blur', 'warn', 'hide'];

/** Where a post stands: in a column beside the page, or on the page itself. @param {Element} post */
export const contextOf = post => contexts[(/** @type {HTMLElement | null} */ (post.closest('[data-path]'))?.dataset.path ?? location.pathname).split('/')[1]] ?? '';

/** The filter that does most about a post; one's own posts are never filtered. @param {any} item perhaps a boost @param {string} context @returns {Match | undefined} */
export function strongest(item, context) {
  if (isMe((item.reblog ?? item).account)) return undefined;
  return item.filtered?.filter((/** @type {Match} */ match) => match.filter.context.includes(context))
    .sort((/** @type {Match} */ a, /** @type {Match} */ b) => strength.indexOf(b.filter.filter_action) - strength.indexOf(a.filter.filter_action))[0];
}

/** @param {Match} match */
export const because = ({ filter, keyword_matches: words }) => words?.length ? t('Filtered: {filter} ({word})', { filter: filter.title, word: words[0] }) : t('Filtered: {filter}', { filter: filter.title });
