import { h } from './dom.js';
import { safe } from './html.js';
import { handle, name } from './account.js';

/** A link, as its page describes itself. @param {any} card */
export function linkCard(card) {
  let host = '';
  try { host = new URL(card.url).hostname; } catch { return null; }
  return h('a', { class: 'link-card', href: card.url, target: '_blank', rel: 'nofollow noopener noreferrer', data: card.image ? { picture: '' } : {} },
    card.image && h('img', { src: card.image, alt: '', loading: 'lazy' }),
    h('div', null, h('small', null, card.provider_name || host), h('strong', { dir: 'auto' }, card.title || card.url)));
}

/** @param {any} quote either a quote entity with `state` or a bare status */
export function quoted(quote) {
  const status = quote.quoted_status ?? (quote.account ? quote : null);
  if (!status) return h('p', { class: 'quoted quiet note' }, { pending: 'The quoted person has not agreed yet.', rejected: 'The quoted person did not agree.', revoked: 'The quoted person took the post back.' }[quote.state] ?? 'The quoted post is not here.');
  return h('div', { class: 'quoted' },
    h('a', { class: 'post-head post-who', href: `/posts/${status.id}` }, name(status.account), handle(status.account)),
    h('div', { class: 'prose', lang: status.language, dir: 'auto' }, status.spoiler_text || safe(status.content, status)));
}

