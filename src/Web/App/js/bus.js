/** What happens in one part of the page and matters to another: `status`, `status-deleted`, `notification`, `delivery`, `relationship`, `drafts`, `draft`, `draft-elsewhere`, `stream`, `leaving` (a page gives its place to another), `drawn` (it has it), `redraw`. */
const target = new EventTarget();

/** @param {string} type @param {(detail: any) => void} listener @returns {() => void} stops listening */
export function on(type, listener) {
  const wrapped = (/** @type {any} */ event) => listener(event.detail);
  target.addEventListener(type, wrapped);
  return () => target.removeEventListener(type, wrapped);
}

/** Listens as long as a page is kept; the router says `gone` to its node. @param {Node} node @param {string} type @param {(detail: any) => void} listener */
export const onWhile = (node, type, listener) => node.addEventListener('gone', on(type, listener), { once: true });

/** @param {string} type @param {any} [detail] */
export const emit = (type, detail) => target.dispatchEvent(new CustomEvent(type, { detail }));
