import { h, icon } from './dom.js';
import { bring } from './bring.js';
import { safe } from './html.js';
import { handle, name } from './account.js';
import { complain } from './float.js';
import { session } from './session.js';
import { language, number, t, tn } from './i18n.js';

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

const bare = (/** @type {string} */ tag) => tag.split('-')[0];
const read = new Set([language, ...navigator.languages].map(bare));

/** The way to a translation, where the reader may need it. @param {any} status @param {(translation: import('./translation.js').Translation) => void} set */
export function translateLine(status, set) {
  if (!session.instance?.configuration.translation?.enabled || !['public', 'unlisted'].includes(status.visibility) || !(status.content || status.spoiler_text) || !status.language || read.has(bare(status.language))) return null;
  const button = h('button', { type: 'button', class: 'button compact slight', data: { kind: 'translate' }, onclick: async () => {
    button.setAttribute('aria-busy', 'true');
    try { set(await (await bring(() => import('./translation.js'))).translation(status)); }
    catch (problem) {
      button.removeAttribute('aria-busy');
      complain(problem);
    }
  } }, icon('language', 'small'), t('Translate||a post, the button'));
  return h('p', { class: 'translation' }, button);
}

/** The emoji that people of other software put to a post; each tells who did. @param {any} status */
export const reactions = status => status.emoji_reactions?.length ? h('ul', { class: 'reactions', 'aria-label': t('Reactions||emoji that others put to a post') }, status.emoji_reactions.map((/** @type {any} */ one) =>
  h('li', null, h('button', { type: 'button', class: 'reaction', title: one.name, 'aria-label': tn(one.count, '{emoji} from one person', '{emoji} from {n} people', { emoji: one.name }), onclick: () => bring(() => import('./reactions.js')).then(module => module.who(one), complain) }, reaction(one), h('span', { class: 'count' }, number(one.count)))))) : null;

/** @param {any} one */
export const reaction = one => one.url ? h('img', { class: 'emoji', src: one.static_url ?? one.url, alt: '', loading: 'lazy' }) : h('span', null, one.name);
