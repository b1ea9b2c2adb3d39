import { h } from '../js/dom.js';
import { get } from '../js/api.js';
import { onWhile } from '../js/bus.js';
import { back } from '../js/router.js';
import { postCard } from '../js/status-card.js';
import { avatar } from '../js/account.js';
import { isMe, session } from '../js/session.js';
import { compose } from '../js/compose.js';
import { threadFoot, threadHead } from '../js/completeness.js';
import { skeleton, trouble } from '../js/states.js';
import { threadFolds } from '../js/thread-folds.js';
import { threadSeen } from '../js/thread-seen.js';
import { t, tn } from '../js/i18n.js';
import { threadSide } from './side.js';

const deepest = 4;

/** How long a page is open before its posts count as seen, in milliseconds. */
const glance = 800;

/** Between two questions whether more has come, in milliseconds, and how often it is asked. */
const pause = 2500, looks = 50;

/** A post with what came before and after. @param {Record<string, string>} parameters */
export function thread({ id }) {
  const node = h('div', { class: 'ruled' });
  const side = h('div'), news = h('button', { type: 'button', class: 'button compact', hidden: true });
  // What is on the page already is shown at once, and the rest around it when it comes.
  const known = /** @type {any} */ ([...document.querySelectorAll('calf-post')].find(one => /** @type {any} */ (one).status.id === id))?.status;
  const draw = async () => {
    node.replaceChildren(...known ? [postCard(known, { focus: true })] : [], skeleton(known ? 3 : 4));
    try {
      const [status, context, state] = await ask(id);
      const shown = fill(node, side, news, status, context, state);
      for (let n = 0, running = state.looking; running && n < looks; n++) {
        await new Promise(resolve => setTimeout(resolve, pause));
        if (!node.isConnected) return;
        const [, more, later] = await ask(id).catch(() => [status, context, state]);
        shown.update(more, later);
        running = later.looking;
      }
    } catch (problem) {
      node.replaceChildren(trouble(problem.status === 404 ? { message: t('This post is not here. It may have been deleted, or it was not meant for you.') } : problem, draw));
    }
  };
  draw();
  onWhile(node, 'status-deleted', gone => { if (gone === id && node.isConnected) back(); });
  return { title: t('Thread'), head: h('div', { class: 'page-title' }, h('span', { class: 'title' }, t('Thread')), news), node, side, place: '' };
}

/** The context first: asking for it is what starts the search for more. @param {string} id */
async function ask(id) {
  const [status, context] = await Promise.all([get(`/api/v1/statuses/${id}`), get(`/api/v1/statuses/${id}/context`)]);
  return [status, context, await get(`/api/calf/v1/statuses/${id}/completeness`)];
}

/** @param {HTMLElement} node @param {HTMLElement} side @param {HTMLElement} news says how many posts are new, and leads to them @param {any} status @param {{ ancestors: any[], descendants: any[] }} context @param {any} state */
function fill(node, side, news, status, { ancestors, descendants }, state) {
  const seen = threadSeen(ancestors[0]?.id ?? status.id, !ancestors.length);
  /** What came while the page is open. */
  const live = new Set();
  const isNew = (/** @type {any} */ one) => !isMe(one.account) && (live.has(one.id) || seen.isNew(one));
  const chain = (/** @type {any} */ one) => line('chain', one, isNew(one), { more: '' });
  const reply = (/** @type {any} */ one, /** @type {number} */ depth) => line('deeper', one, isNew(one), { depth }, { depth });
  const above = h('div', null, ancestors.map(chain));
  const focus = postCard(status, { focus: true });
  const answer = h('button', { type: 'button', class: 'write-line', onclick: () => compose({ reply: status }) }, h('span', null, avatar(session.me, false)), h('span', null, t('Answer {who}', { who: status.account.display_name || status.account.username })));
  const after = h('div', { role: 'group', 'aria-label': t('Answers||under a post') }, tree(status.id, descendants).map(([one, depth]) => reply(one, depth)));
  const [head, foot] = [h('div', null, threadHead(state.beginning)), h('div', null, threadFoot(state))];
  node.replaceChildren(head, above, focus, answer, after, foot);
  const all = [...ancestors, status, ...descendants];
  side.replaceChildren(threadSide(status, all));
  const folds = threadFolds(after, isNew);
  let at = -1;
  const tell = () => {
    const fresh = all.filter(one => one !== status && isNew(one)).length;
    news.hidden = !fresh;
    news.textContent = tn(fresh, 'One new post', '{n} new posts');
    folds.update(all);
    // A page that is kept for going back goes on hearing, but nobody reads it.
    setTimeout(() => { if (node.isConnected && !document.hidden) seen.keep(all); }, glance);
  };
  news.onclick = () => {
    const marked = /** @type {HTMLElement[]} */ ([...node.querySelectorAll('[data-unread]')]), next = marked[at = (at + 1) % marked.length];
    if (!next) return;
    folds.reveal(next);
    const card = /** @type {HTMLElement} */ (next.querySelector('calf-post'));
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'center', behavior: 'smooth' });
  };
  tell();
  const add = (/** @type {any} */ one) => {
    if (one.reblog || !all.some(known => known.id === one.in_reply_to_id) || all.some(known => known.id === one.id)) return false;
    all.push(one);
    const parent = /** @type {HTMLElement | null} */ (after.querySelector(`[data-post="${CSS.escape(one.in_reply_to_id)}"]`));
    const depth = parent ? Math.min(deepest, Number(parent.dataset.depth) + 1) : 0;
    const card = reply(one, depth);
    if (parent) last(parent).after(card);
    else after.append(card);
    return true;
  };
  const settled = async () => foot.replaceChildren(threadFoot(await get(`/api/calf/v1/statuses/${status.id}/completeness`)));
  onWhile(node, 'update', one => {
    live.add(one.id);
    if (!add(one)) return;
    tell();
    settled();
  });
  if (ancestors.length) requestAnimationFrame(() => { if (node.isConnected) focus.scrollIntoView({ block: 'start' }); });
  return {
    /** What has come meanwhile, in its place; nothing else moves. @param {any} context @param {any} later */
    update(context, later) {
      for (const one of context.ancestors.filter((/** @type {any} */ one) => !all.some(known => known.id === one.id)).reverse()) {
        all.push(one);
        above.prepend(chain(one));
      }
      for (const [one] of tree(status.id, context.descendants)) add(one);
      tell();
      head.replaceChildren(...[threadHead(later.beginning)].filter(Boolean));
      foot.replaceChildren(threadFoot(later));
      side.replaceChildren(threadSide(status, all));
    },
  };
}

/** A post of the thread. @param {string} kind @param {any} one @param {boolean} fresh @param {Record<string, any>} data @param {Record<string, any>} [vars] */
const line = (kind, one, fresh, data, vars) => h('div', { class: kind, data: { ...data, post: one.id, ...fresh && { unread: '' } }, vars }, fresh && h('span', { class: 'unseen' }, t('New||a post')), postCard(one));

/** The last card of a branch. @param {HTMLElement} parent */
function last(parent) {
  let found = parent;
  for (let next = parent.nextElementSibling; next instanceof HTMLElement && Number(next.dataset.depth) > Number(parent.dataset.depth); next = next.nextElementSibling) found = next;
  return found;
}

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
