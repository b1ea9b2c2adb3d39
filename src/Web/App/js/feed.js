import { h } from './dom.js';
import { page } from './api.js';
import { on } from './bus.js';
import { Resting } from './resting.js';
import { empty, end, skeleton, trouble } from './states.js';
import { t } from './i18n.js';

/** Entries are put on the page for so many milliseconds, then the page may move; the first list is wanted at once. */
const budget = 8;

/**
 * A list that loads as one reads on and has all its states: loading, empty, trouble, end.
 * @typedef {object} FeedOptions
 * @property {string} path @property {Record<string, any>} [query]
 * @property {(answer: any) => any[] | Promise<any[]>} [read] for answers that are not the list itself
 * @property {(item: any) => Node} render @property {(items: any[]) => any[]} [prepare]
 * @property {[string, string, any?]} empty @property {string} [end] @property {'post' | 'person'} [kind] @property {string} [label]
 */
class Feed extends HTMLElement {
  /** @type {FeedOptions} */ options = /** @type {any} */ (null);
  /** @type {string | null} */ next = null;
  list = h('div');
  foot = h('div');
  busy = false;
  started = false;
  resting = new Resting(this.list);
  /** @type {IntersectionObserver | null} */ watcher = null;
  stop = () => {};

  connectedCallback() {
    if (!this.started) {
      this.started = true;
      this.classList.add('feed', 'ruled');
      this.append(this.list, this.foot);
      this.first();
    }
    this.watcher = new IntersectionObserver(entries => { if (entries.some(e => e.isIntersecting)) this.more(); }, { root: this.closest('[data-scroller]'), rootMargin: '900px' });
    this.watcher.observe(this.foot);
    this.resting.start();
    this.stop = on('leaving', () => this.resting.leave());
  }

  disconnectedCallback() {
    this.watcher?.disconnect();
    this.resting.stop();
    this.stop();
  }

  async first() {
    this.foot.replaceChildren(skeleton(5, this.options.kind));
    await this.load(this.options.path, this.options.query);
  }

  async more() {
    if (this.next && !this.busy) await this.load(this.next);
  }

  /** @param {string} path @param {Record<string, any>} [query] */
  async load(path, query) {
    this.busy = true;
    this.list.setAttribute('aria-busy', 'true');
    try {
      const { items: answer, next } = await page(path, query), items = await this.options.read?.(answer) ?? answer;
      this.next = items.length ? next : null;
      await this.put(this.prepare(items));
      this.settleFoot();
    } catch (problem) {
      this.classList.toggle('ruled', !!this.list.childElementCount);
      this.foot.replaceChildren(trouble(problem, () => this.load(path, query), this.list.childElementCount ? t('What you have read stays here.') : ''));
    }
    this.busy = false;
    this.list.removeAttribute('aria-busy');
    this.watcher?.unobserve(this.foot);
    if (this.isConnected) this.watcher?.observe(this.foot);
  }

  /** @param {Node[]} nodes */
  async put(nodes) {
    const first = !this.list.childElementCount;
    if (first) this.renewFoot();
    let until = performance.now() + budget;
    for (const node of nodes) {
      this.list.append(node);
      if (first || performance.now() < until) continue;
      await new Promise(resolve => setTimeout(resolve));
      until = performance.now() + budget;
    }
  }

  /** The skeletons go where they stand. Pushed down by what comes they would count as a page that jumps. */
  renewFoot() {
    this.watcher?.unobserve(this.foot);
    const fresh = h('div');
    this.foot.replaceWith(fresh);
    this.foot = fresh;
  }

  settleFoot() {
    const bare = !this.list.childElementCount;
    this.classList.toggle('ruled', !bare);
    this.count();
    if (this.next) this.foot.replaceChildren(skeleton(2, this.options.kind));
    else if (bare) this.foot.replaceChildren(empty(...this.options.empty));
    else this.foot.replaceChildren(end(this.options.end ?? t('That is all.')));
  }

  /** Says of each entry which one it is; of how many, once all are here. */
  count() {
    const posts = this.options.kind !== 'person', entries = posts ? [...this.list.children].filter(child => child.matches('article, [role="article"]')) : [];
    // A feed has posts in it: an empty one is none, nor is a list of people.
    if (this.list.childElementCount) {
      this.list.role = posts ? 'feed' : 'group';
      this.list.ariaLabel = this.options.label ?? t('Posts');
    } else for (const name of ['role', 'aria-label']) this.list.removeAttribute(name);
    entries.forEach((entry, index) => {
      entry.ariaPosInSet = String(index + 1);
      entry.ariaSetSize = String(this.next ? -1 : entries.length);
    });
  }

  /** @param {any[]} items */
  prepare(items) {
    return (this.options.prepare?.(items) ?? items).map(item => this.options.render(item));
  }

  /** New things on top. @param {any[]} items */
  addOnTop(items) {
    const nodes = this.prepare(items);
    this.list.prepend(...nodes);
    if (!this.busy) this.settleFoot();
    return nodes;
  }

  /** Call after a removal: the last one gone shows the empty state. */
  check() { if (!this.busy) this.settleFoot(); }
}
customElements.define('calf-feed', Feed);

/** @param {FeedOptions} options @returns {Feed} */
export function feed(options) {
  const element = /** @type {Feed} */ (document.createElement('calf-feed'));
  element.options = options;
  return element;
}
