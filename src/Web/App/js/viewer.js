import { h, icon } from './dom.js';
import { t } from './i18n.js';
import { dialog } from './float.js';
import { player } from './player.js';

const largest = 6;

/** A picture that can be pinched, scrolled by wheel, tapped twice, and moved when it is larger than its frame. @param {any} one a media attachment @param {(by: number) => void} swiped */
function zoomable(one, swiped) {
  const picture = h('img', { src: one.url, alt: one.description ?? '', draggable: 'false' });
  const frame = h('div', { class: 'viewer-frame' }, picture);
  /** @type {Map<number, PointerEvent>} */ const fingers = new Map();
  let scale = 1, x = 0, y = 0, start = { x: 0, y: 0 }, last = 0;
  const draw = () => {
    const box = frame.getBoundingClientRect(), [roomX, roomY] = [box.width * (scale - 1) / 2, box.height * (scale - 1) / 2];
    [x, y] = [Math.min(roomX, Math.max(-roomX, x)), Math.min(roomY, Math.max(-roomY, y))];
    picture.style.setProperty('transform', scale === 1 ? 'none' : `translate(${x}px, ${y}px) scale(${scale})`);
    frame.toggleAttribute('data-large', scale > 1);
  };
  /** @param {number} to @param {number} clientX @param {number} clientY what is under this point stays there */
  const zoom = (to, clientX, clientY) => {
    const box = frame.getBoundingClientRect(), next = Math.min(largest, Math.max(1, to));
    const [px, py] = [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
    [x, y] = [px - (px - x) * next / scale, py - (py - y) * next / scale];
    scale = next;
    draw();
  };
  const spread = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
  frame.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
    fingers.set(event.pointerId, event);
    frame.setPointerCapture(event.pointerId);
    start = { x: event.clientX, y: event.clientY };
    if (event.timeStamp - last < 300 && fingers.size === 1) zoom(scale > 1 ? 1 : 2.5, event.clientX, event.clientY);
    last = event.timeStamp;
  });
  frame.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size === 2) {
      const was = spread();
      fingers.set(event.pointerId, event);
      zoom(scale * spread() / was, event.clientX, event.clientY);
    } else if (scale > 1) {
      [x, y] = [x + event.clientX - before.clientX, y + event.clientY - before.clientY];
      draw();
    }
    fingers.set(event.pointerId, event);
  });
  const end = (/** @type {PointerEvent} */ event) => {
    const far = event.clientX - start.x;
    if (fingers.size === 1 && scale === 1 && event.type === 'pointerup' && Math.abs(far) > 60 && Math.abs(far) > 2 * Math.abs(event.clientY - start.y)) swiped(far < 0 ? 1 : -1);
    fingers.delete(event.pointerId);
  };
  frame.addEventListener('pointerup', end);
  frame.addEventListener('pointercancel', end);
  frame.addEventListener('wheel', (/** @type {WheelEvent} */ event) => { event.preventDefault(); zoom(scale * Math.exp(-event.deltaY / 300), event.clientX, event.clientY); }, { passive: false });
  return { node: frame, by: (/** @type {number} */ factor) => { const box = frame.getBoundingClientRect(); zoom(factor ? scale * factor : 1, box.left + box.width / 2, box.top + box.height / 2); } };
}

/** Pictures, films and sound as large as the window, with their descriptions. @param {any[]} all media attachments @param {number} start */
export function view(all, start) {
  let at = start, zoom = (/** @type {number} */ _) => {};
  const stage = h('div', { class: 'viewer-stage' });
  const words = h('figcaption', { dir: 'auto', 'aria-live': 'polite' });
  const button = (/** @type {string} */ glyph, /** @type {string} */ label, /** @type {string} */ classes, /** @type {() => void} */ act, /** @type {any} */ rest = {}) => h('button', { type: 'button', class: `icon-button ${classes}`, 'aria-label': label, title: label, onclick: act, ...rest }, icon(glyph));
  const step = (/** @type {number} */ by) => { at = (at + by + all.length) % all.length; draw(); };
  const draw = () => {
    const one = all[at], large = one.type === 'image' ? zoomable(one, by => all.length > 1 && step(by)) : null;
    zoom = large?.by ?? (() => {});
    stage.replaceChildren(large?.node ?? player(one));
    words.replaceChildren(all.length > 1 ? h('b', { class: 'count' }, `${t('{n} of {all}', { n: at + 1, all: all.length })} `) : '', one.description || h('span', { class: 'viewer-bare' }, t('Nobody has described this.')));
  };
  draw();
  const box = dialog(t('Pictures'), h('figure', null, stage, words),
    button('close', t('Close'), 'viewer-close', () => box.close(), { autofocus: true }),
    all.length > 1 && [button('back', t('The one before'), 'viewer-back', () => step(-1)), button('next', t('The next one'), 'viewer-next', () => step(1))]);
  box.classList.add('lightbox');
  box.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const act = /** @type {Record<string, () => void>} */ ({ ArrowRight: () => step(1), ArrowLeft: () => step(-1), '+': () => zoom(1.5), '=': () => zoom(1.5), '-': () => zoom(1 / 1.5), 0: () => zoom(0) })[event.key];
    if (!act || event.ctrlKey || event.metaKey || (all.length < 2 && event.key.startsWith('Arrow')) || /** @type {Element} */ (event.target).closest('video, audio')) return;
    event.preventDefault();
    act();
  });
  stage.addEventListener('click', (/** @type {Event} */ event) => { if (event.target === stage) box.close(); });
}
