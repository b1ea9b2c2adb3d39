import { h } from './dom.js';
import { get } from './api.js';
import { tx } from './i18n.js';
import { newPart } from './drafts.js';
import { isMe, session } from './session.js';
import { plain, safe } from './html.js';
import { narrower } from './visibility.js';
import { name } from './account.js';
import { attachedFile } from './draft-files.js';

/** @typedef {{ reply?: any, edit?: any, quote?: any, text?: string, files?: File[], kept?: string }} About what is answered, edited or quoted; what is shared by another app; `kept` names the draft to go on with */

/** What the sheet begins with. @param {About} about @returns {Promise<import('./drafts.js').Draft>} */
export async function freshDraft(about) {
  const source = session.me.source ?? {};
  const base = { parts: [newPart({ text: about.text ?? '' })], warning: '', warned: false, visibility: source.privacy ?? 'public', language: source.language || navigator.language.split('-')[0], at: 0 };
  const { reply, edit, quote } = about;
  if (edit) {
    const words = await get(`/api/v1/statuses/${edit.id}/source`).catch(() => ({ text: plain(edit.content), spoiler_text: edit.spoiler_text }));
    const part = newPart({ text: words.text, files: edit.media_attachments.map(attachedFile), covered: edit.sensitive && !edit.spoiler_text });
    return { ...base, parts: [part], warning: words.spoiler_text, warned: !!words.spoiler_text, visibility: edit.visibility, language: edit.language ?? base.language };
  }
  if (!reply) return quote ? { ...base, visibility: narrower(base.visibility, quote.visibility), language: quote.language ?? base.language } : base;
  const names = [reply.account, ...reply.mentions].filter(one => !isMe(one) && one.acct !== session.me.acct).map(one => `@${one.acct}`);
  return { ...base, parts: [newPart({ text: [...new Set(names)].map(one => `${one} `).join('') })], warning: reply.spoiler_text, warned: !!reply.spoiler_text, visibility: narrower(base.visibility, reply.visibility), language: reply.language ?? base.language };
}

/** The post that is answered, in view while one writes. @param {any} status */
export const answered = status => h('div', { class: 'composer-to' }, h('p', null, tx('To {name}||the one who is answered', { name: name(status.account) })),
  h('div', { class: 'prose', dir: 'auto', lang: status.language }, status.spoiler_text || safe(status.content, status)));

/** @param {any} status */
export const quotedPost = status => h('div', { class: 'quoted' }, h('p', { class: 'post-who' }, name(status.account), h('span', { class: 'handle' }, `@${status.account.acct}`)),
  h('div', { class: 'prose', dir: 'auto', lang: status.language }, status.spoiler_text || safe(status.content, status)));
