import { h, icon } from './dom.js';
import { tn } from './i18n.js';

/** A branch with more answers than these can be folded. */
const least = 3;

/**
 * Lets the longer branches below a post be folded. @param {HTMLElement} list of the answers, one element each @param {(one: any) => boolean} isNew
 */
export function threadFolds(list, isNew) {
  /** @type {Set<string>} */ const folded = new Set();
  /** @type {any[]} */ let all = [];
  const lines = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const idOf = (/** @type {any} */ line) => line.dataset.post;

  function draw() {
    const children = new Map(), parents = new Map(all.map(one => [one.id, one.in_reply_to_id])), here = new Set(lines().map(idOf));
    for (const one of all) children.set(one.in_reply_to_id, [...children.get(one.in_reply_to_id) ?? [], one]);
    const below = (/** @type {string} */ id, done = new Set()) => (children.get(id) ?? []).filter((/** @type {any} */ one) => !done.has(one.id) && done.add(one.id)).flatMap((/** @type {any} */ one) => [one, ...below(one.id, done)]);
    const hidden = new Set([...folded].flatMap(id => below(id).map((/** @type {any} */ one) => one.id)));
    for (const line of lines()) {
      const id = idOf(line), under = below(id);
      line.hidden = hidden.has(id);
      // A chain without side branches is folded where it begins.
      const up = parents.get(id), alone = up && here.has(up) && children.get(up).length === 1;
      if (under.length <= least || alone) {
        line.querySelector(':scope > .fold')?.remove();
        continue;
      }
      const button = line.querySelector(':scope > .fold') ?? line.appendChild(h('button', { type: 'button', class: 'fold', onclick: () => { if (!folded.delete(id)) folded.add(id); draw(); } }));
      button.setAttribute('aria-expanded', String(!folded.has(id)));
      button.replaceChildren(icon(folded.has(id) ? 'down' : 'up', 'small'), words(under));
    }
  }

  /** @param {any[]} under */
  function words(under) {
    const people = new Set(under.map(one => one.account.id)).size, fresh = under.filter(isNew).length;
    const answers = tn(people, '{answers} by one person', '{answers} by {n} people', { answers: tn(under.length, 'One answer', '{n} answers') });
    return fresh ? tn(fresh, '{answers}, one new||answers', '{answers}, {n} new||answers', { answers }) : answers;
  }

  return {
    /** @param {any[]} posts of the thread */
    update(posts) {
      all = posts;
      draw();
    },
    /** Unfolds what hides an answer. @param {Element} line */
    reveal(line) {
      const parents = new Map(all.map(one => [one.id, one.in_reply_to_id]));
      for (let id = parents.get(idOf(line)), n = 0; id && n < all.length; id = parents.get(id), n++) folded.delete(id);
      draw();
    },
  };
}
