import { h, icon } from '../js/dom.js';
import { put, remove } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { openDraft } from '../js/compose.js';
import { attachedFile } from '../js/draft-files.js';
import { forget, newPart, save } from '../js/drafts.js';
import { complain, toast } from '../js/float.js';
import { due, pickTime } from '../js/schedule.js';
import { redraw } from '../js/router.js';
import { visibilities } from '../js/visibility.js';
import { t, tn } from '../js/i18n.js';

const path = '/api/v1/scheduled_statuses';

/** Posts that wait for their time: each can be moved, or taken back to be a draft. */
export function scheduled() {
  const node = feed({ path, query: { limit: 20 }, label: t('Posts that wait for their time'), render: item => line(item), end: t('That is all that waits.'),
    empty: [t('Nothing waits'), t('A post that you give a time waits here, and your server sends it then. The clock in the writing sheet sets it.')] });
  onWhile(node, 'scheduled', () => { if (node.isConnected) redraw(); });
  return { title: t('Waiting||title: posts that wait for their time'), node };
}

/** @param {any} item */
function line(item) {
  const { text, spoiler_text: warning, visibility, poll } = item.params, kind = visibilities[visibility];
  const time = h('time', { datetime: item.scheduled_at }, due(item.scheduled_at));
  const element = h('article', { class: 'post' }, h('div', { class: 'post-margin' }, icon('clock')),
    h('div', { class: 'post-main' },
      h('p', { class: 'post-head' }, h('b', null, time), h('span', { class: 'post-when' }, kind && [icon(kind.icon, 'small'), kind.label])),
      warning && h('p', { dir: 'auto' }, h('b', null, warning)),
      h('p', { class: 'prose waiting', dir: 'auto', lang: item.params.language }, text || (poll ? t('A poll') : t('Without words'))),
      item.media_attachments.length ? h('p', { class: 'small quiet' }, tn(item.media_attachments.length, 'With a file.', 'With {n} files.')) : null,
      h('div', { class: 'row' },
        h('button', { type: 'button', class: 'button compact', onclick: () => move() }, t('Another time')),
        h('button', { type: 'button', class: 'button compact', onclick: () => takeBack() }, t('Take it back')))));

  async function move() {
    const at = await pickTime(item.scheduled_at);
    if (!at) return;
    try {
      item = await put(`${path}/${item.id}`, { scheduled_at: at });
      time.textContent = due(item.scheduled_at);
      toast(t('It goes out {when}.', { when: due(item.scheduled_at) }));
    } catch (problem) { complain(problem); }
  }

  async function takeBack() {
    // The draft first: what the server has let go of would be lost in a browser that keeps nothing.
    const draft = keepAsDraft(item);
    if (!draft) return complain({ message: t('This browser keeps no drafts, so it stays where it is.') });
    try { await remove(`${path}/${item.id}`); } catch (problem) {
      forget(draft);
      return complain(problem);
    }
    const list = element.closest('calf-feed');
    element.remove();
    list?.check();
    openDraft(draft);
  }
  return element;
}

/** @param {any} item @returns {string | null} the name of the draft; null when it could not be kept */
function keepAsDraft({ id, params, media_attachments: files }) {
  const about = params.in_reply_to_id ? `reply.${params.in_reply_to_id}` : params.quoted_status_id ? `quote.${params.quoted_status_id}` : 'new';
  const poll = params.poll && { options: params.poll.options, expires_in: params.poll.expires_in, multiple: params.poll.multiple };
  const covered = params.sensitive && !params.spoiler_text;
  const kept = save(`${about}.${id}`, {
    parts: [newPart({ text: params.text, poll, covered, files: files.map((/** @type {any} */ one) => ({ ...attachedFile(one), attached: false })) })],
    warning: params.spoiler_text ?? '', warned: !!params.spoiler_text, visibility: params.visibility, language: params.language, at: Date.now(),
  });
  return kept ? `${about}.${id}` : null;
}
