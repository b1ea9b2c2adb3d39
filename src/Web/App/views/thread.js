import { h } from '../js/dom.js';
import { get } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { back } from '../js/router.js';
import { postCard } from '../js/status-card.js';
import { avatar } from '../js/account.js';
import { session } from '../js/session.js';
import { compose } from '../js/composer.js';
import { end, skeleton, trouble } from '../js/states.js';
import { threadSide } from './side.js';

const deepest = 4;

/** What is missing of somebody else's thread is being fetched meanwhile. */
const secondLook = 4000;

/** A post with what came before and after. @param {Record<string, string>} parameters */
export function thread({ id }) {
  const node = h('div', { class: 'ruled' });
  const side = h('div');
  const draw = async () => {
    node.replaceChildren(skeleton(4));
    try {
      const [status, context] = await Promise.all([get(`/api/v1/statuses/${id}`), get(`/api/v1/statuses/${id}/context`)]);
      fill(node, side, status, context);
      if (status.account.acct.includes('@')) setTimeout(async () => {
        const later = node.isConnected ? await get(`/api/v1/statuses/${id}/context`).catch(() => context) : context;
        if (later.descendants.length + later.ancestors.length > context.descendants.length + context.ancestors.length) fill(node, side, status, later);
      }, secondLook);
    } catch (problem) {
      node.replaceChildren(trouble(problem.status === 404 ? { message: 'This post is not here. It may have been deleted, or it was not meant for you.' } : problem, draw));
    }
  };
  draw();
  onWhile(node, 'status-deleted', gone => { if (gone === id && node.isConnected) back(); });
  return { title: 'Thread', node, side, place: '' };
}

/** @param {HTMLElement} node @param {HTMLElement} side @param {any} status @param {{ ancestors: any[], descendants: any[] }} context */
function fill(node, side, status, { ancestors, descendants }) {
  const before = ancestors.map(one => h('div', { class: 'chain', data: { more: '' } }, postCard(one)));
  const focus = postCard(status, { focus: true });
  const answer = h('button', { type: 'button', class: 'write-line', onclick: () => compose({ reply: status }) }, h('span', null, avatar(session.me, false)), h('span', null, `Answer ${status.account.display_name || status.account.username}`));
  const after = h('div', { role: 'feed', 'aria-label': 'Answers' }, tree(status.id, descendants).map(([one, depth]) => reply(one, depth)));
  const foot = h('div', null, end(descendants.length ? 'These are all the answers that arrived.' : 'No answers yet.'));
  node.replaceChildren(...before, focus, answer, after, foot);
  const all = [...ancestors, status, ...descendants];
  side.replaceChildren(threadSide(status, all));
  const add = (/** @type {any} */ one) => {
    if (one.reblog || !all.some(known => known.id === one.in_reply_to_id) || all.some(known => known.id === one.id)) return;
    all.push(one);
    const parent = after.querySelector(`[data-id="${CSS.escape(one.in_reply_to_id)}"]`)?.closest('.deeper');
    const depth = parent ? Math.min(deepest, Number(parent.dataset.depth) + 1) : 0;
    const card = reply(one, depth);
    parent ? parent.after(card) : after.append(card);
    foot.replaceChildren(end('These are all the answers that arrived.'));
  };
  onWhile(node, 'update', add);
  if (ancestors.length) requestAnimationFrame(() => { if (node.isConnected) focus.scrollIntoView({ block: 'start' }); });
}

/** @param {any} status @param {number} depth */
const reply = (status, depth) => h('div', { class: 'deeper', data: { depth }, vars: { depth } }, postCard(status));

/** Answers in reading order with their depth. @param {string} root @param {any[]} all @returns {[any, number][]} */
function tree(root, all) {
  const children = Map.groupBy ? Map.groupBy(all, one => one.in_reply_to_id) : all.reduce((map, one) => map.set(one.in_reply_to_id, [...map.get(one.in_reply_to_id) ?? [], one]), new Map());
  const done = new Set();
  /** @type {[any, number][]} */ const found = [];
  const walk = (/** @type {string} */ id, /** @type {number} */ depth) => {
    for (const one of children.get(id) ?? []) {
      if (done.has(one.id)) continue;
      done.add(one.id);
      found.push([one, Math.min(depth, deepest)]);
      walk(one.id, depth + 1);
    }
  };
  walk(root, 0);
  for (const one of all) if (!done.has(one.id)) found.push([one, 0]);
  return found;
}
