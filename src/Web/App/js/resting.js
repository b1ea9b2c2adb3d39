import { whenQuiet } from './dom.js';

/** So many screens outside the view an entry gives up its content; on a page that is left, so many. */
const near = 3, nearWhenLeft = 1;
/** How much of a frame may go into drawing what comes near, in milliseconds; how many are measured anew at a time. */
const budget = 6, measuredAtOnce = 8;

/**
 * @typedef {HTMLElement & { draw: () => void, rest?: () => void }} Entry `draw` fills it with all that it shows; `rest` is said before that is taken away
 */

/**
 * Keeps a long list light: entries far outside the view give up their content and stay as empty boxes of the same size, until they come
 * near and draw themselves again. Entries without a `draw` are left alone; so are those that hold the focus, a selection, an open menu or
 * a film that was begun, and those in which something was pressed that a new drawing would not show.
 */
export class Resting {
  /** @type {Map<Entry, number>} the block sizes of those that rest */ sizes = new Map();
  /** @type {Map<Entry, number>} how far from the middle of the view those are that are to be drawn */ due = new Map();
  /** @type {WeakSet<Element>} */ met = new WeakSet();
  /** @type {WeakSet<Element>} */ pressed = new WeakSet();
  /** @type {IntersectionObserver | null} */ watcher = null;
  frame = 0;
  shape = '';

  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    list.addEventListener('click', event => this.press(event));
    list.addEventListener('focusin', event => { const entry = this.entryOf(event); if (entry) this.wake(entry); });
    new MutationObserver(changes => {
      for (const { addedNodes, removedNodes } of changes) {
        for (const node of removedNodes) this.forget(/** @type {Entry} */ (node));
        for (const node of addedNodes) this.watch(/** @type {Entry} */ (node));
      }
    }).observe(list, { childList: true });
    this.resizes = new ResizeObserver(() => this.reshape());
  }

  /** The list is on the page. */
  start() {
    this.watcher = new IntersectionObserver(entries => this.sort(entries), { root: this.list.closest('[data-scroller]'), rootMargin: `${near * 100}% 0px` });
    for (const node of this.list.children) this.watch(/** @type {Entry} */ (node));
    this.resizes.observe(this.list);
  }

  /** The list is off the page, and may come back. */
  stop() {
    this.watcher?.disconnect();
    this.watcher = null;
    this.resizes.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.due.clear();
  }

  /** The page is about to be left: only what will be seen first on coming back stays drawn. */
  leave() {
    const screen = this.list.closest('[data-scroller]')?.clientHeight ?? innerHeight;
    const boxes = [...this.list.children].filter(node => 'draw' in node && !this.sizes.has(/** @type {any} */ (node))).map(node => ({ node: /** @type {Entry} */ (node), box: node.getBoundingClientRect() }));
    for (const { node, box } of boxes) if (box.bottom < -nearWhenLeft * screen || box.top > (1 + nearWhenLeft) * screen) this.rest(node, box.height);
  }

  /** @param {Entry} node */
  watch(node) { if (this.watcher && 'draw' in node && node.parentNode === this.list) this.watcher.observe(node); }

  /** @param {Entry} node */
  forget(node) {
    if (node.parentNode === this.list) return;
    if (node instanceof Element) this.watcher?.unobserve(node);
    this.sizes.delete(node);
    this.due.delete(node);
  }

  /** @param {Event} event @returns {Entry | undefined} */
  entryOf = event => /** @type {any} */ (event.composedPath().find(node => node instanceof HTMLElement && node.parentNode === this.list && 'draw' in node));

  /** Buttons below a post show what they did when it is drawn again, and a way elsewhere changes nothing. @param {Event} event */
  press(event) {
    const entry = this.entryOf(event);
    if (entry && !(/** @type {Element} */ (event.target).closest('a[href], .post-actions'))) this.pressed.add(entry);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  sort(entries) {
    for (const { target, isIntersecting, boundingClientRect: box } of entries) {
      const node = /** @type {Entry} */ (target);
      if (!node.isConnected) continue;
      if (isIntersecting) {
        this.met.add(node);
        if (this.sizes.has(node)) this.due.set(node, Math.abs(box.top + box.bottom - innerHeight));
      } else {
        this.due.delete(node);
        // What has just been loaded below is about to be read.
        if (this.met.has(node) || box.bottom < 0) this.rest(node, box.height);
      }
    }
    this.pump();
  }

  /** Draws what is due, the nearest first, no more in one frame than fits into it. */
  pump() {
    if (!this.due.size || this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.steadily(() => {
        const until = performance.now() + budget;
        for (const [node] of [...this.due].sort((a, b) => a[1] - b[1])) {
          this.wake(node);
          if (performance.now() > until) break;
        }
      });
      this.pump();
    });
  }

  /** What is being read does not move when boxes above it change. @param {() => void} act */
  steadily(act) {
    const all = this.list.children;
    let [low, high] = [0, all.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].getBoundingClientRect().top >= 0) high = middle; else low = middle + 1;
    }
    const before = all[low]?.getBoundingClientRect().top ?? 0;
    act();
    const moved = (all[low]?.getBoundingClientRect().top ?? 0) - before;
    if (Math.abs(moved) >= 1) (this.list.closest('[data-scroller]') ?? document.documentElement).scrollTop += moved;
  }

  /** @param {Entry} node @param {number} size */
  rest(node, size) {
    if (this.sizes.has(node) || !size || this.isHeld(node)) return;
    this.sizes.set(node, size);
    node.dataset.resting = '';
    node.style.setProperty('--size', `${size}px`);
    node.rest?.();
    node.replaceChildren();
  }

  /** @param {Entry} node */
  wake(node) {
    this.due.delete(node);
    if (!this.sizes.delete(node)) return;
    delete node.dataset.resting;
    node.style.removeProperty('--size');
    node.draw();
  }

  /** @param {Entry} node */
  isHeld(node) {
    const selection = getSelection();
    return this.pressed.has(node) || node.matches(':focus-within') || (selection && !selection.isCollapsed && selection.containsNode(node, true))
      || node.querySelector('[aria-expanded="true"]') || [...node.querySelectorAll('video, audio')].some(film => /** @type {HTMLMediaElement} */ (film).currentTime > 0);
  }

  /** In another width or with other letters the boxes have other sizes: they are measured again while nothing else is done. */
  reshape() {
    const { dataset } = document.documentElement;
    const shape = [this.list.clientWidth, dataset.size, dataset.density, getComputedStyle(document.documentElement).fontSize].join();
    if (shape === this.shape) return;
    const stale = this.shape ? [...this.sizes.keys()] : [];
    this.shape = shape;
    const measure = () => {
      if (shape !== this.shape || !this.watcher) return;
      const some = stale.splice(0, measuredAtOnce).filter(node => this.sizes.has(node));
      this.steadily(() => {
        for (const node of some) this.wake(node);
        const sizes = some.map(node => node.getBoundingClientRect().height);
        some.forEach((node, index) => this.rest(node, sizes[index]));
      });
      if (stale.length) whenQuiet(measure);
    };
    if (stale.length) whenQuiet(measure);
  }
}
