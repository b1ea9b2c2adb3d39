import { h, icon } from './dom.js';
import { emojify, safe } from './html.js';
import { get, post } from './api.js';
import { emit, on } from './bus.js';
import { fullHandle, isMe } from './session.js';
import { complain } from './float.js';
import { t } from './i18n.js';

/** @param {any} account @param {boolean} [linked] */
export function avatar(account, linked = true) {
  const image = h('img', { class: 'avatar', src: account.avatar_static || account.avatar, alt: '', loading: 'lazy', decoding: 'async', width: 44, height: 44 });
  return linked ? h('a', { href: `/people/${account.id}`, tabindex: '-1', 'aria-hidden': 'true' }, image) : image;
}

/** Spaces, marks without width and letters that are blank. */
const blank = /^[\p{Z}\p{C}\u115F\u1160\u2800\u3164\uFFA0]*$/u;

/** What somebody is called, even if their name cannot be seen. @param {any} account @returns {string} */
export const called = account => blank.test(account.display_name) ? account.username : account.display_name;

/** @param {any} account */
export const name = account => h('bdi', { title: called(account) }, emojify(called(account), account.emojis));

/** @param {any} account */
export const handle = account => h('span', { class: 'handle ellipsis', dir: 'ltr', title: fullHandle(account) }, `@${account.acct}`);

/** Milliseconds between the looks for an answer to a follow. */
const answerWaits = [400, 800, 2_000, 5_000, 15_000];

/** Follow, requested, following: one button that always says what is. */
class FollowButton extends HTMLElement {
  /** @type {any} */ account = null;
  /** @type {any} */ relation = null;
  stop = () => {};

  connectedCallback() {
    this.stop = on('relationship', relation => { if (relation.id === this.account.id) this.set(relation); });
    this.draw();
    if (!this.relation) relationOf(this.account.id).then(relation => this.set(relation)).catch(() => {});
  }

  disconnectedCallback() { this.stop(); }

  /** @param {any} relation */
  set(relation) {
    this.relation = relation;
    this.draw();
  }

  /** The focus stays on the button when its words change. */
  draw() {
    const focused = this.contains(document.activeElement);
    this.show();
    if (focused) this.querySelector('button')?.focus({ preventScroll: true });
  }

  show() {
    if (isMe(this.account)) return this.replaceChildren(h('a', { class: 'button compact', href: '/settings' }, t('Edit profile')));
    const relation = this.relation;
    if (relation?.blocking) return this.replaceChildren(h('button', { type: 'button', class: 'button compact brick', onclick: () => this.act('unblock') }, t('Unblock')));
    const [label, verb, glyph, hint] = relation?.following ? [t('Following||a person'), 'unfollow', 'following', t('You follow them. Press to stop.')]
      : relation?.requested ? [t('Asked||a person, to be let follow'), 'unfollow', 'clock', t('They have not answered yet. Press to take it back.')]
        : [relation?.followed_by ? t('Follow back') : t('Follow||the button, at a person'), 'follow', 'follow', null];
    const focused = this.contains(document.activeElement);
    this.replaceChildren(h('button', {
      type: 'button', class: `button compact ${verb === 'follow' ? 'main' : ''}`, disabled: !relation,
      title: hint, onclick: () => this.act(verb),
    }, icon(glyph, 'small'), label));
    if (focused) this.querySelector('button')?.focus();
  }

  /** @param {string} verb */
  async act(verb) {
    const button = this.querySelector('button');
    button?.setAttribute('aria-busy', 'true');
    try {
      const relation = await post(`/api/v1/accounts/${this.account.id}/${verb}`);
      emit('relationship', relation);
      if (relation.requested) this.awaitAnswer();
    }
    catch (problem) {
      button?.removeAttribute('aria-busy');
      complain(problem);
    }
  }

  /** Most servers say yes within a moment; who decides by hand is not waited for. */
  async awaitAnswer() {
    for (const wait of answerWaits) {
      await new Promise(resolve => setTimeout(resolve, wait));
      if (!this.isConnected || !this.relation?.requested) return;
      const relation = await relationOf(this.account.id).catch(() => null);
      if (relation && !relation.requested) return void emit('relationship', relation);
    }
  }
}
customElements.define('calf-follow', FollowButton);

/** @type {Map<string, ((relation: any) => void)[]>} */
let asked = new Map();

/** Asks once for all the people that were drawn in this moment. @param {string} id @returns {Promise<any>} */
export function relationOf(id) {
  return new Promise((resolve, reject) => {
    if (!asked.size) queueMicrotask(async () => {
      const batch = asked;
      asked = new Map();
      try {
        for (const relation of await get('/api/v1/accounts/relationships', { 'id[]': [...batch.keys()] })) batch.get(relation.id)?.forEach(f => f(relation));
      } catch (problem) { reject(problem); }
    });
    asked.set(id, [...(asked.get(id) ?? []), resolve]);
  });
}

/** @param {any} account @param {any} [relation] */
export function followButton(account, relation) {
  const button = /** @type {FollowButton} */ (document.createElement('calf-follow'));
  button.account = account;
  button.relation = relation;
  return button;
}

/** A line in a list of people. @param {any} account @param {{ action?: Node, note?: boolean }} [options] */
export function person(account, { action, note = true } = {}) {
  const button = action ?? followButton(account), line = h('article', { class: 'person' });
  line.draw = () => line.replaceChildren(
    h('div', null, avatar(account)),
    h('div', { class: 'person-main' },
      h('div', { class: 'person-top' }, h('a', { class: 'person-name', href: `/people/${account.id}` }, name(account), handle(account)), button),
      ...note && account.note ? [h('div', { class: 'prose', dir: 'auto' }, safe(account.note, account))] : []));
  line.draw();
  return line;
}

/** Faces in a row. @param {any[]} accounts */
export const faces = accounts => h('div', { class: 'faces' },
  accounts.map(account => h('a', { href: `/people/${account.id}`, title: fullHandle(account), 'aria-label': called(account) }, avatar(account, false))));
