import { h, icon } from './dom.js';
import { emojify, safe } from './html.js';
import { on } from './bus.js';
import { isMe, session } from './session.js';
import { time } from './time.js';
import { avatar, called, handle, name } from './account.js';
import { actionRow, history } from './status-actions.js';
import { media } from './status-media.js';
import { because, contextOf, strongest } from './filtered.js';
import { pollBlock } from './poll.js';
import { linkCard, quoted, reactions, translateLine } from './status-extras.js';
import { deliveryLine } from './delivery-line.js';
import { visibilities } from './visibility.js';
import { number, t, tnx, tx } from './i18n.js';

/** What is longer, in letters or in lines, is folded. */
const longText = 1800, manyLines = 24;

/** A post. `focus` is the one that its page is about; `unfolded` outlives a redraw. */
class Post extends HTMLElement {
  /** @type {any} */ item = null;
  focused = false;
  pinned = false;
  unfolded = false;
  /** Where it stands, as filters call it. */
  context = /** @type {string | null} */ (null);
  /** Shown although a filter folds it. */
  insisted = false;
  translation = /** @type {import('./translation.js').Translation | null} */ (null);
  /** What its menu has beside the usual. @type {import('./float.js').MenuItem[]} */ extra = [];
  /** @type {(() => void)[]} */ stops = [];
  delivery = /** @type {HTMLElement | null} */ (null);

  get status() { return this.item.reblog ?? this.item; }

  connectedCallback() {
    this.stops = [
      on('status', status => { if (status.id === this.status.id) this.update(status); }),
      on('status-deleted', id => { if (id === this.status.id || id === this.item.id) this.leave(); }),
      on('relationship', relation => { if ((relation.blocking || relation.muting) && !this.focused && relation.id === this.status.account.id) this.leave(); }),
    ];
    this.context ??= contextOf(this);
    this.role = 'article';
    if (!this.firstChild && !this.isResting) this.draw();
  }

  get isResting() { return this.dataset.resting !== undefined; }

  /** What was told of its way stays; the words for it are made again. Left where it was, it would keep all that stood around it. */
  rest() {
    this.delivery?.replaceChildren();
    this.delivery?.remove();
  }

  disconnectedCallback() { this.stops.forEach(stop => stop()); }

  leave() {
    const list = /** @type {any} */ (this.closest('calf-feed'));
    (this.closest('.told') ?? this).remove();
    list?.check();
  }

  /** @param {any} status */
  update(status) {
    if (status.edited_at !== this.status.edited_at) this.translation = null;
    if (this.item.reblog) this.item = { ...this.item, reblog: status };
    else this.item = { ...status, pinned: status.pinned ?? this.item.pinned };
    if (this.isResting) return;
    this.again(/** @type {HTMLElement | null} */ (this.contains(document.activeElement) ? document.activeElement : null)?.dataset.kind);
  }

  /** Draws it anew; the focus stays on the button of this kind. @param {string} [kind] */
  again(kind) {
    this.draw();
    if (kind) /** @type {HTMLElement | null} */ (this.querySelector(`[data-kind="${kind}"]`))?.focus();
  }

  /** @param {import('./translation.js').Translation | null} to */
  turn(to) {
    this.translation = to;
    this.again('translate');
  }

  /** One line in the place of what a filter folds. @param {import('./filtered.js').Match} match */
  folded(match) {
    const show = () => {
      this.insisted = true;
      this.draw();
      this.tabIndex = -1;
      this.focus({ preventScroll: true });
    };
    return h('div', { class: 'post folded', data: { id: this.status.id } }, h('div', { class: 'post-margin' }, icon('filter')),
      h('div', { class: 'post-main' }, h('p', { dir: 'auto' }, because(match)), h('button', { type: 'button', class: 'button compact slight', onclick: show }, t('Show it'))));
  }

  draw() {
    const status = this.status, own = isMe(status.account);
    if (own && !this.delivery) this.delivery = deliveryLine(status);
    // What one opened by its address is shown.
    const match = this.focused ? undefined : strongest(this.item, this.context ?? ''), action = match?.filter.filter_action;
    if (action === 'hide') return this.leave();
    const folds = match && action === 'warn' && !this.insisted;
    this.ariaLabel = folds ? because(match) : `${called(status.account)}, @${status.account.acct}`;
    if (folds) return this.replaceChildren(this.folded(match));
    this.replaceChildren(h('div', { class: `post ${this.focused ? 'focus' : ''}`, data: { id: status.id } },
      this.why(),
      h('div', { class: 'post-margin' }, avatar(status.account)),
      h('div', { class: 'post-main' },
        h('header', { class: 'post-head' },
          h('a', { class: 'post-who', href: `/people/${status.account.id}` }, name(status.account), handle(status.account)),
          h('a', { class: 'post-when', href: `/posts/${status.id}` },
            status.visibility !== 'public' && icon(visibilities[status.visibility]?.icon ?? 'private', 'small', visibilities[status.visibility]?.label),
            status.edited_at && icon('edit', 'small', t('Edited||a post')), time(status.created_at))),
        this.words(this.translation?.apply(status) ?? status),
        this.translation ? this.translation.line(() => this.turn(null)) : translateLine(status, to => this.turn(to)),
        reactions(status),
        this.focused && this.facts(status),
        actionRow(status, this.extra),
        own && this.delivery)));
  }

  /** One line above: who boosted, what it answers, whether it is pinned. */
  why() {
    const line = (/** @type {string} */ glyph, /** @type {any[]} */ ...text) => h('div', { class: 'post-why' }, h('span', null, icon(glyph, 'small')), h('span', null, text));
    if (this.item.reblog) {
      const link = (/** @type {any} */ who) => h('a', { href: `/people/${this.item.account.id}` }, who);
      return line('boost', isMe(this.item.account) ? tx('{you} boosted', { you: link(t('You||boosted')) }) : tx('{person} boosted', { person: link(name(this.item.account)) }));
    }
    if (this.pinned) return line('pin', t('Pinned||a post'));
    if (this.item.in_reply_to_id && !this.focused && !this.closest('.chain, .deeper')) {
      const self = this.item.in_reply_to_account_id === this.item.account.id;
      const to = this.item.mentions?.find((/** @type {any} */ m) => m.id === this.item.in_reply_to_account_id);
      return line('reply', h('a', { href: `/posts/${this.item.in_reply_to_id}` }, self ? t('Continues||its own thread') : this.item.in_reply_to_account_id === session.me.id ? t('Answers you') : to ? t('Answers {person}', { person: `@${to.username}` }) : t('Answers a post')));
    }
    return null;
  }

  /** @param {any} status */
  words(status) {
    if (!status.spoiler_text) return this.content(status);
    const box = h('div', { class: 'warned' });
    const draw = () => box.replaceChildren(
      h('p', { dir: 'auto', lang: status.language }, emojify(status.spoiler_text, status.emojis)),
      h('button', { type: 'button', class: 'button compact', 'aria-expanded': String(this.unfolded), onclick: () => { this.unfolded = !this.unfolded; draw(); } }, this.unfolded ? t('Fold||what is behind a warning') : t('Unfold||what is behind a warning')),
      ...this.unfolded ? this.content(status).filter(part => part) : []);
    draw();
    return box;
  }

  /** @param {any} status */
  content(status) {
    const match = strongest(this.item, this.context ?? ''), blurred = match?.filter.filter_action === 'blur' ? match : undefined;
    const long = !this.focused && (status.content.length > longText || (status.content.match(/<(p|br|li)\b/g)?.length ?? 0) > manyLines);
    const words = h('div', { class: 'post-words', data: long ? { long: '' } : {} },
      status.content && h('div', { class: status.quote?.state === 'accepted' ? 'prose quoting' : 'prose', lang: status.language, dir: 'auto' }, safe(status.content, status)));
    return [words,
      long && h('button', { type: 'button', class: 'button compact slight', onclick: event => { words.dataset.open = ''; event.currentTarget.remove(); } }, t('Read it all')),
      status.poll && pollBlock(status, this.translation?.titles),
      status.media_attachments?.length ? media(status.media_attachments, !!blurred || status.sensitive && !this.unfolded, blurred && because(blurred)) : null,
      status.quote ? quoted(status.quote) : status.card && !status.media_attachments?.length ? linkCard(status.card) : null];
  }

  /** @param {any} status */
  facts(status) {
    const kind = visibilities[status.visibility];
    const counts = isMe(status.account), count = (/** @type {number} */ n) => ({ n: h('b', { class: 'count' }, number(n)) });
    return h('p', { class: 'post-facts' },
      h('a', { href: status.url ?? status.uri, target: '_blank', rel: 'noopener noreferrer' }, time(status.created_at, true)),
      kind && h('span', { title: kind.hint }, icon(kind.icon, 'small'), kind.label),
      status.edited_at && h('button', { type: 'button', onclick: () => history(status) }, tx('edited {when}', { when: time(status.edited_at) })),
      status.application?.name && h('span', null, t('with {app}||a post was written with it', { app: status.application.name })),
      counts && status.reblogs_count > 0 && h('span', null, tnx(status.reblogs_count, '{n} boost', '{n} boosts', count(status.reblogs_count))),
      counts && status.favourites_count > 0 && h('span', null, tnx(status.favourites_count, '{n} favourite', '{n} favourites', count(status.favourites_count))));
  }
}
customElements.define('calf-post', Post);

/** @param {any} item a status, perhaps a boost @param {{ focus?: boolean, pinned?: boolean, fresh?: boolean }} [options] */
export function postCard(item, { focus = false, pinned = false, fresh = false } = {}) {
  const card = /** @type {Post} */ (document.createElement('calf-post'));
  card.item = item;
  card.focused = focus;
  card.pinned = pinned;
  if (fresh) queueMicrotask(() => card.firstElementChild?.classList.add('fresh'));
  return card;
}
