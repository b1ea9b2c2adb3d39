import { h } from './dom.js';
import { safe } from './html.js';
import { handle, name } from './account.js';

/** A link, as its page describes itself. @param {any} card */
export function linkCard(card) {
  let host = '';
  try { host = new URL(card.url).hostname; } catch { return null; }
  const [by] = card.authors ?? [];
  const author = by?.account ? `@${by.account.acct}` : by?.name;
  return h('a', { class: 'link-card', href: card.url, target: '_blank', rel: 'nofollow noopener noreferrer', data: card.image ? { picture: '' } : {} },
    card.image && h('img', { src: card.image, alt: card.image_description ?? '', loading: 'lazy' }),
    h('div', null, h('small', null, card.provider_name || host), h('strong', { dir: 'auto', lang: card.language }, card.title || card.url),
      author && h('small', { dir: 'auto' }, `by ${author}`)));
}

/** @type {Record<string, string>} */
const withheld = {
  pending: 'The quoted person has not agreed yet.', rejected: 'The quoted person did not agree.', revoked: 'The quoted person took the post back.',
  deleted: 'The quoted post was deleted.', blocked_account: 'It quotes somebody whom you block.', blocked_domain: 'It quotes a server that you block.',
  muted_account: 'It quotes somebody whom you muted.',
};

/** @param {any} quote a quote entity */
export function quoted(quote) {
  const status = quote.state === 'accepted' ? quote.quoted_status : null;
  if (!status) return h('p', { class: 'quoted quiet note' }, withheld[quote.state] ?? 'The quoted post is not here.');
  return h('div', { class: 'quoted' },
    h('a', { class: 'post-head post-who', href: `/posts/${status.id}` }, name(status.account), handle(status.account)),
    h('div', { class: 'prose', lang: status.language, dir: 'auto' }, status.spoiler_text || safe(status.content, status)));
}

