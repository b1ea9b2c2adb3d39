import { h, icon } from './dom.js';
import { get, post, put } from './api.js';
import { emit } from './bus.js';
import { length } from './count.js';
import { draftName, forget, load, newKey, save } from './drafts.js';
import { isMe, session } from './session.js';
import { ask, menu, toast } from './float.js';
import { plain, safe } from './html.js';
import { languages, languageName } from './languages.js';
import { suggestPeople } from './suggest.js';
import { narrower, visibilities } from './visibility.js';
import { name } from './account.js';
import { finished, freshPoll, pollWriter } from './poll-writer.js';

/** @param {{ reply?: any, edit?: any, text?: string }} about opens the sheet to write on; what was begun before is still there */
export async function compose(about) {
  if (document.querySelector('dialog.writing')) return;
  const sheet = /** @type {Composer} */ (document.createElement('calf-composer'));
  sheet.about = about;
  const box = h('dialog', { class: 'writing', 'aria-label': about.edit ? 'Edit' : 'Write' }, sheet);
  box.addEventListener('close', () => box.remove());
  box.addEventListener('cancel', event => { if (box.querySelector('.suggest')) event.preventDefault(); });
  document.body.append(box);
  box.showModal();
  await sheet.begin();
}

class Composer extends HTMLElement {
  /** @type {{ reply?: any, edit?: any, text?: string }} */ about = {};
  /** @type {import('./drafts.js').Draft} */ draft = /** @type {any} */ (null);
  previewing = false;
  busy = false;

  get key() { return draftName(this.about); }

  async begin() {
    this.draft = load(this.key) ?? await this.fresh();
    this.draft.key ||= newKey();
    this.draw();
    this.area.focus();
    this.area.setSelectionRange(this.area.value.length, this.area.value.length);
  }

  /** @returns {Promise<import('./drafts.js').Draft>} */
  async fresh() {
    const source = session.me.source ?? {};
    const base = { text: this.about.text ?? '', warning: '', warned: false, visibility: source.privacy ?? 'public', language: source.language || navigator.language.split('-')[0], key: '', at: 0 };
    const { reply, edit } = this.about;
    if (edit) {
      const words = await get(`/api/v1/statuses/${edit.id}/source`).catch(() => ({ text: plain(edit.content), spoiler_text: edit.spoiler_text }));
      return { ...base, text: words.text, warning: words.spoiler_text, warned: !!words.spoiler_text, visibility: edit.visibility, language: edit.language ?? base.language };
    }
    if (!reply) return base;
    const names = [reply.account, ...reply.mentions].filter(one => !isMe(one) && one.acct !== session.me.acct).map(one => `@${one.acct}`);
    return { ...base, text: [...new Set(names)].map(one => `${one} `).join(''), warning: reply.spoiler_text, warned: !!reply.spoiler_text, visibility: narrower(base.visibility, reply.visibility), language: reply.language ?? base.language };
  }

  draw() {
    const { edit, reply } = this.about;
    this.area = h('textarea', { class: 'composer-words', dir: 'auto', placeholder: reply ? 'Your answer' : 'What is on your mind', 'aria-label': 'Text, in Markdown', value: this.draft.text, oninput: () => this.typed() });
    this.warning = h('input', { class: 'composer-warning', dir: 'auto', placeholder: 'What should readers know before they unfold it', 'aria-label': 'Content warning', value: this.draft.warning, oninput: () => this.typed() });
    this.count = h('output', { class: 'composer-count', 'aria-label': 'Characters left' });
    this.sendButton = h('button', { type: 'submit', class: 'button main compact' }, edit ? 'Save' : reply ? 'Answer' : 'Post');
    this.preview = h('div', { class: 'composer-preview prose', dir: 'auto', hidden: true, 'aria-live': 'polite' });
    this.said = h('p', { class: 'composer-note', role: 'status' });
    this.warnButton = h('button', { type: 'button', class: 'icon-button', title: 'Content warning', 'aria-label': 'Content warning', onclick: () => this.warn() }, icon('warning'));
    this.eyeButton = h('button', { type: 'button', class: 'icon-button', title: 'See it as it will look', 'aria-label': 'Preview', onclick: () => this.look() }, icon('eye'));
    this.pollPlace = h('div');
    this.pollButton = h('button', { type: 'button', class: 'icon-button', title: 'Ask a poll', 'aria-label': 'Poll', hidden: !!edit, onclick: () => this.ask() }, icon('poll'));
    this.visibility = h('button', { type: 'button', class: 'pick', 'aria-haspopup': 'menu', disabled: !!edit, onclick: () => this.pickVisibility() });
    this.language = h('button', { type: 'button', class: 'pick', 'aria-haspopup': 'menu', onclick: () => this.pickLanguage() });
    const form = h('form', { class: 'composer', onsubmit: event => { event.preventDefault(); this.send(); } },
      h('div', { class: 'composer-head' },
        h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close, the text is kept', title: 'Close. The text is kept.', onclick: () => this.close() }, icon('close')),
        h('h2', null, edit ? 'Edit' : reply ? 'Answer' : 'Write'), this.sendButton),
      h('div', { class: 'composer-body' }, reply && answered(reply), this.warning, this.area, this.preview, this.pollPlace, this.said),
      h('div', { class: 'composer-foot' }, this.visibility, this.language, this.warnButton, this.pollButton, this.eyeButton, this.count));
    form.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
    this.replaceChildren(form);
    suggestPeople(this.area);
    this.showPoll();
    this.show();
  }

  /** Brings the labels and the counter up to date. */
  show() {
    const kind = visibilities[this.draft.visibility], left = this.left();
    this.visibility.replaceChildren(icon(kind.icon, 'small'), kind.label, this.about.edit ? '' : icon('down', 'small'));
    this.language.replaceChildren(icon('language', 'small'), languageName(this.draft.language));
    this.warning.hidden = !this.draft.warned;
    this.warnButton.setAttribute('aria-pressed', String(this.draft.warned));
    this.eyeButton.setAttribute('aria-pressed', String(this.previewing));
    this.count.textContent = String(left);
    this.count.toggleAttribute('data-over', left < 0);
    this.sendButton.disabled = this.busy || left < 0 || !this.draft.text.trim() || (!!this.draft.poll && !finished(this.draft.poll));
    this.pollButton.setAttribute('aria-pressed', String(!!this.draft.poll));
  }

  showPoll() {
    this.pollPlace.replaceChildren(...this.draft.poll ? [pollWriter(this.draft.poll, () => { this.keep(); this.show(); })] : []);
  }

  /** Adds a poll, or takes it away. */
  ask() {
    this.draft.poll = this.draft.poll ? null : freshPoll();
    this.showPoll();
    this.keep();
    this.show();
    (this.pollPlace.querySelector('input') ?? this.area).focus();
  }

  left() { return session.limits.characters - length(this.draft.text, this.draft.warned ? this.draft.warning : ''); }

  typed() {
    Object.assign(this.draft, { text: this.area.value, warning: this.warning.value });
    this.keep();
    this.show();
  }

  keep() {
    this.draft.at = Date.now();
    if (!save(this.key, this.draft)) this.say('This browser keeps no drafts. Do not close the page before the post is out.', true);
  }

  /** @param {string} text @param {boolean} [bad] */
  say(text, bad = false) {
    this.said.className = `composer-note ${bad ? 'is-brick' : ''}`;
    this.said.replaceChildren(...text ? [icon(bad ? 'warning' : 'check', 'small'), text] : []);
  }

  warn() {
    this.draft.warned = !this.draft.warned;
    this.keep();
    this.show();
    (this.draft.warned ? this.warning : this.area).focus();
  }

  async look() {
    this.previewing = !this.previewing;
    this.area.hidden = this.previewing;
    this.preview.hidden = !this.previewing;
    this.show();
    if (!this.previewing) return this.area.focus();
    this.preview.replaceChildren(h('p', { class: 'quiet' }, 'One moment.'));
    try {
      const { content } = await post('/api/calf/v1/preview', { text: this.draft.text });
      this.preview.replaceChildren(content ? safe(content) : h('p', { class: 'quiet' }, 'Nothing written yet.'));
    } catch (problem) { this.preview.replaceChildren(h('p', { class: 'quiet' }, `${problem.message} Your text is safe.`)); }
  }

  pickVisibility() {
    menu(this.visibility, Object.entries(visibilities).map(([key, kind]) => ({ label: kind.label, hint: kind.hint, icon: kind.icon, checked: key === this.draft.visibility, act: () => this.set({ visibility: key }) })));
  }

  pickLanguage() {
    menu(this.language, languages(this.draft.language).map(one => ({ label: one.name, checked: one.code === this.draft.language, act: () => this.set({ language: one.code }) })));
  }

  /** @param {Partial<import('./drafts.js').Draft>} change */
  set(change) {
    Object.assign(this.draft, change);
    this.keep();
    this.show();
    this.area.focus();
  }

  async close() {
    const { text, warning } = this.draft;
    const untouched = !this.draft.at || !(text.trim() || warning || this.draft.poll?.options.some(one => one));
    if (untouched) forget(this.key);
    else if (this.about.edit && !await ask({ title: 'Keep your changes for later?', text: 'The post stays as it was until you save. Your changes are kept in this browser.', yes: 'Drop the changes' })) toast('Your changes are kept here.');
    else if (this.about.edit) forget(this.key);
    else toast('The draft is kept in this browser.');
    this.closest('dialog')?.close();
  }

  async send() {
    if (this.sendButton.disabled) return;
    this.busy = true;
    this.sendButton.setAttribute('aria-busy', 'true');
    this.show();
    this.say('');
    const { text, warning, warned, visibility, language, key } = this.draft;
    const body = { status: text, spoiler_text: warned ? warning : '', sensitive: warned && !!warning, language };
    try {
      const { edit, reply } = this.about;
      const status = edit ? await put(`/api/v1/statuses/${edit.id}`, { ...body, poll: samePoll(edit.poll) })
        : await post('/api/v1/statuses', { ...body, visibility, in_reply_to_id: reply?.id, poll: finished(this.draft.poll) ?? undefined }, { 'Idempotency-Key': key });
      forget(this.key);
      emit(edit ? 'status' : 'update', status);
      if (reply) emit('answered', { parent: reply.id, status });
      this.closest('dialog')?.close();
      toast(edit ? 'The change is out.' : 'Your post is out.');
    } catch (problem) {
      this.busy = false;
      this.sendButton.removeAttribute('aria-busy');
      this.show();
      this.say(`${problem.message} Your text is kept.`, true);
    }
  }
}
customElements.define('calf-composer', Composer);

const shortestPoll = 300;

/** An edit that names no poll takes it away, so it is named again as it is. @param {any} poll */
const samePoll = poll => poll ? {
  options: poll.options.map((/** @type {any} */ option) => option.title), multiple: poll.multiple, hide_totals: poll.options.some((/** @type {any} */ option) => option.votes_count === null),
  expires_in: Math.max(shortestPoll, Math.round((Date.parse(poll.expires_at) - Date.now()) / 1000)),
} : undefined;

/** @param {any} status */
const answered = status => h('div', { class: 'composer-to' }, h('p', null, 'To ', name(status.account)),
  h('div', { class: 'prose', dir: 'auto', lang: status.language }, status.spoiler_text || safe(status.content, status)));
