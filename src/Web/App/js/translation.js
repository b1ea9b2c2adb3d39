import { h, icon } from './dom.js';
import { post } from './api.js';
import { languageName } from './languages.js';
import { language, t } from './i18n.js';

/** @typedef {{ detected_source_language: string, language: string, provider: string, content: string, spoiler_text: string, poll: { options: { title: string }[] } | null, media_attachments: { id: string, description: string }[] }} Answer https://docs.joinmastodon.org/entities/Translation/ */
/** @typedef {{ apply: (status: any) => any, titles: string[] | undefined, line: (back: () => void) => HTMLElement }} Translation `titles` are those of the poll, whose own the server counts */

/** Has a post translated into the language of the page. @param {any} status @returns {Promise<Translation>} */
export async function translation(status) {
  let to = /** @type {Answer} */ (/** @type {unknown} */ (null));
  try { to = await post(`/api/v1/statuses/${status.id}/translate`, { lang: language }); }
  catch (problem) {
    if (problem.status === 503) throw { message: t('The translation server did not answer. Try again in a while.') };
    throw problem.status === 403 ? { message: t('The translation server has no way from {language} to yours.', { language: languageName(status.language) }) } : problem;
  }
  return {
    titles: to.poll?.options.map(option => option.title),
    apply: now => ({
      ...now, language: to.language, content: to.content || now.content, spoiler_text: to.spoiler_text || now.spoiler_text,
      media_attachments: now.media_attachments.map((/** @type {any} */ one) => ({ ...one, description: to.media_attachments.find(other => other.id === one.id)?.description || one.description })),
    }),
    line: back => h('p', { class: 'translation' }, h('span', { role: 'status' }, t('Translated from {language} by {provider}', { language: languageName(to.detected_source_language), provider: to.provider })),
      h('button', { type: 'button', class: 'button compact slight', data: { kind: 'translate' }, onclick: back }, icon('language', 'small'), t('Show the original'))),
  };
}
