/**
 * Every letter typed is kept in this browser until the post is out.
 * @typedef {{ text: string, warning: string, warned: boolean, visibility: string, language: string, key: string, at: number, poll?: import('./poll-writer.js').NewPoll | null }} Draft
 */
const prefix = 'calf.draft.';

/** @param {{ reply?: any, edit?: any }} about */
export const draftName = ({ reply, edit }) => edit ? `edit.${edit.id}` : reply ? `reply.${reply.id}` : 'new';

/** @param {string} name @returns {Draft | null} */
export function load(name) {
  try { return JSON.parse(localStorage.getItem(prefix + name) ?? 'null'); } catch { return null; }
}

/** @param {string} name @param {Draft} draft @returns {boolean} false when this browser refuses to keep anything */
export function save(name, draft) {
  try {
    if (draft.text || draft.warning || draft.poll?.options.some(one => one)) localStorage.setItem(prefix + name, JSON.stringify(draft));
    else localStorage.removeItem(prefix + name);
    return true;
  } catch { return false; }
}

/** @param {string} name */
export function forget(name) {
  try { localStorage.removeItem(prefix + name); } catch { /* nothing was kept */ }
}

/** One key for each post, so that a second try after a lost answer does not post twice. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
}
