import { h } from './dom.js';
import { safe } from './html.js';
import { handle, name } from './account.js';
import { t } from './i18n.js';

/** A link, as its page describes itself. @param {any} card */
export function linkCard(card) {
  /** @type {string} */ let host;
  try { host = new URL(card.url).hostname; } catch { return null; }
  const [by] = card.authors ?? [];
  const author = by?.account ? `@${by.account.acct}` : by?.name;
  return h('a', { class: 'link-card', href: card.url, target: '_blank', rel: 'nofollow noopener noreferrer', data: card.image ? { picture: '' } : {} },
    card.image && h('img', { src: card.image, alt: card.image_description ?? '', loading: 'lazy' }),
    h('div', null, h('small', null, card.provider_name || host), h('strong', { dir: 'auto', lang: card.language }, card.title || card.url),
      author && h('small', { dir: 'auto' }, t('by {author}', { author }))));
}

/** @type {Record<string, string>} */
const withheld = {
  pending: t('The quoted person has not agreed yet.'), rejected: t('The quoted person did not agree.'), revoked: t('The quoted person took the post back.'),
  deleted: t('The quoted post was deleted.'), blocked_account: t('It quotes somebody whom you block.'), blocked_domain: t('It quotes a server that you block.'),
  muted_account: t('It quotes somebody whom you muted.'),
};

/** @param {any} quote a quote entity */
export function quoted(quote) {
  const status = quote.state === 'accepted' ? quote.quoted_status : null;
  if (!status) return h('p', { class: 'quoted quiet note' }, withheld[quote.state] ?? t('The quoted post is not here.'));
  return h('div', { class: 'quoted' },
    h('a', { class: 'post-head post-who', href: `/posts/${status.id}` }, name(status.account), handle(status.account)),
    h('div', { class: 'prose', lang: status.language, dir: 'auto' }, status.spoiler_text || safe(status.content, status)));
}
