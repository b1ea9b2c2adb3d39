import { h, icon } from './dom.js';
import { post } from './api.js';
import { complain } from './float.js';
import { languageName } from './languages.js';
import { session } from './session.js';
import { language, t } from './i18n.js';

/** @typedef {{ detected_source_language: string, language: string, provider: string, content: string, spoiler_text: string, poll: { options: { title: string }[] } | null, media_attachments: { id: string, description: string }[] }} Translation */

const bare = (/** @type {string} */ tag) => tag.split('-')[0];
const known = new Set([language, ...navigator.languages].map(bare));

/** @param {any} status */
const translatable = status => session.instance?.configuration.translation?.enabled && ['public', 'unlisted'].includes(status.visibility)
  && (status.content || status.spoiler_text) && status.language && !known.has(bare(status.language));

/** A post with the words of its translation. Its poll keeps its own, which the server counts. @param {any} status @param {Translation} to */
export const translated = (status, to) => ({
  ...status, language: to.language, content: to.content || status.content, spoiler_text: to.spoiler_text || status.spoiler_text,
  media_attachments: status.media_attachments.map((/** @type {any} */ one) => ({ ...one, description: to.media_attachments.find(other => other.id === one.id)?.description || one.description })),
});

/** The way to a translation and back, where the reader may need it. @param {any} status @param {Translation | null} now @param {(translation: Translation | null) => void} set */
export function translationLine(status, now, set) {
  if (!now && !translatable(status)) return null;
  const button = h('button', { type: 'button', class: 'button compact slight', data: { kind: 'translate' }, onclick: now ? () => set(null) : fetchIt }, icon('language', 'small'), now ? t('Show the original') : t('Translate||a post, the button'));
  async function fetchIt() {
    button.setAttribute('aria-busy', 'true');
    try { set(await post(`/api/v1/statuses/${status.id}/translate`, { lang: language })); }
    catch (problem) {
      button.removeAttribute('aria-busy');
      complain(problem.status === 503 ? { message: t('The translation server did not answer. Try again in a while.') }
        : problem.status === 403 ? { message: t('The translation server has no way from {language} to yours.', { language: languageName(status.language) }) } : problem);
    }
  }
  return h('p', { class: 'translation' }, now && h('span', { role: 'status' }, t('Translated from {language} by {provider}', { language: languageName(now.detected_source_language), provider: now.provider })), button);
}
