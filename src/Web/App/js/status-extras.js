import { h } from './dom.js';
import { safe } from './html.js';
import { handle, name } from './account.js';
import { until } from './time.js';

/** A link, as its page describes itself. @param {any} card */
export function linkCard(card) {
  let host = '';
  try { host = new URL(card.url).hostname; } catch { return null; }
  return h('a', { class: 'link-card', href: card.url, target: '_blank', rel: 'nofollow noopener noreferrer', data: card.image ? { picture: '' } : {} },
    card.image && h('img', { src: card.image, alt: '', loading: 'lazy' }),
    h('div', null, h('small', null, card.provider_name || host), h('strong', { dir: 'auto' }, card.title || card.url)));
}

/** A poll's state in words and bars. @param {any} poll @param {string} url where it can be answered */
export function pollResult(poll, url) {
  const all = poll.voters_count ?? poll.votes_count ?? 0;
  const ends = poll.expires_at ? new Date(poll.expires_at) : null;
  return h('div', { class: 'poll' },
    h('ul', { class: 'stack' }, poll.options.map((/** @type {any} */ option, /** @type {number} */ index) => {
      const share = all && option.votes_count !== null ? Math.round(100 * option.votes_count / all) : 0;
      return h('li', null, h('b', null, option.votes_count === null ? '–' : `${share} %`),
        h('span', { dir: 'auto' }, option.title, poll.own_votes?.includes(index) && h('span', { class: 'quiet' }, ' (your answer)')),
        h('meter', { min: 0, max: 100, value: share, 'aria-label': option.title }));
    })),
    h('p', { class: 'small quiet' }, `${all} ${all === 1 ? 'person' : 'people'} answered. `,
      poll.expired ? 'Closed.' : ends ? `Closes ${until(ends)}. ` : '',
      !poll.expired && !poll.voted && url && h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, 'Answer at its home')));
}

/** @param {any} quote either a quote entity with `state` or a bare status */
export function quoted(quote) {
  const status = quote.quoted_status ?? (quote.account ? quote : null);
  if (!status) return h('p', { class: 'quoted quiet note' }, { pending: 'The quoted person has not agreed yet.', rejected: 'The quoted person did not agree.', revoked: 'The quoted person took the post back.' }[quote.state] ?? 'The quoted post is not here.');
  return h('div', { class: 'quoted' },
    h('a', { class: 'post-head post-who', href: `/posts/${status.id}` }, name(status.account), handle(status.account)),
    h('div', { class: 'prose', lang: status.language, dir: 'auto' }, status.spoiler_text || safe(status.content, status)));
}

