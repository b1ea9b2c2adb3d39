import { emit } from './bus.js';

/**
 * Every letter typed is kept in this browser until the post is out; draft-sync.js keeps it on the server too.
 * @typedef {{ text: string, key: string, poll?: import('./poll-writer.js').NewPoll | null, files?: import('./draft-files.js').DraftFile[], covered?: boolean, sent?: string }} Part
 *   one post of a thread; `sent` is the id that it got
 * @typedef {{ parts: Part[], warning: string, warned: boolean, visibility: string, language: string, at: number, scheduled?: string | null }} Draft
 */
const prefix = 'calf.draft.';

/** @param {{ reply?: any, edit?: any, quote?: any, kept?: string }} about */
export const draftName = ({ reply, edit, quote, kept }) => kept ?? (edit ? `edit.${edit.id}` : quote ? `quote.${quote.id}` : reply ? `reply.${reply.id}` : 'new');

/** @param {Partial<Part>} [some] @returns {Part} */
export const newPart = some => ({ text: '', key: newKey(), ...some });

/** @param {string} name @returns {Draft | null} */
export function load(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(prefix + name) ?? 'null');
    // Before there were threads a draft was one post.
    return draft && !draft.parts ? { ...draft, parts: [newPart({ text: draft.text, poll: draft.poll, ...draft.key ? { key: draft.key } : {} })] } : draft;
  } catch { return null; }
}

/** @param {Draft | null} draft */
export const hasWords = draft => !!draft && (!!draft.warning || draft.parts.some(part => part.text.trim() || part.files?.length || part.poll?.options.some(one => one)));

/** @param {string} name @param {Draft} draft @returns {boolean} false when this browser refuses to keep anything */
export function save(name, draft) {
  try {
    if (hasWords(draft)) localStorage.setItem(prefix + name, JSON.stringify(draft));
    else localStorage.removeItem(prefix + name);
    emit('draft', name);
    return true;
  } catch { return false; }
}

/** @param {string} name */
export function forget(name) {
  try { localStorage.removeItem(prefix + name); } catch { /* nothing was kept */ }
  emit('draft', name);
}

/** Puts the server's in the place of what is here. @param {string} name @param {Draft | null} draft */
export function adopt(name, draft) {
  try {
    if (draft) localStorage.setItem(prefix + name, JSON.stringify(draft));
    else localStorage.removeItem(prefix + name);
  } catch { /* it is on the server */ }
}

/** @returns {string[]} */
export function draftNames() {
  try { return Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)); } catch { return []; }
}

/** The drafts of posts that are not out yet, the latest first. @returns {{ name: string, draft: Draft }[]} */
export function drafts() {
  return draftNames().filter(name => !name.startsWith('edit.'))
    .flatMap(name => { const draft = load(name); return draft ? [{ name, draft }] : []; }).sort((a, b) => b.draft.at - a.draft.at);
}

/** One key for each post, so that a second try after a lost answer does not post twice. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
}
