import { h } from './dom.js';
import { t } from './i18n.js';
import { cropVars } from './crop.js';
import { dialog } from './float.js';

const step = 0.1;
const words = (/** @type {number} */ x, /** @type {number} */ y) => t('{x} % from the left, {y} % from the top', { x: Math.round((x + 1) * 50), y: Math.round((1 - y) * 50) });

/**
 * Asks which point of a picture stays in view when it is cropped; by a tap or the arrow keys.
 * @param {string} src @param {[number, number] | null} before from -1 to 1, the second upwards @returns {Promise<[number, number] | null>}
 */
export function pickFocus(src, before) {
  let [x, y] = before ?? [0, 0];
  const said = h('output', { class: 'small quiet' });
  const field = h('div', { class: 'focal', tabindex: 0, role: 'group', autofocus: true, 'aria-label': t('The picture. Arrow keys move the point that stays in view.') },
    h('img', { src, alt: '', draggable: 'false' }), h('i', { 'aria-hidden': 'true' }));
  const crops = h('div', { class: 'focal-crops', 'aria-hidden': 'true' }, h('img', { src, alt: '' }), h('img', { src, alt: '' }));
  const draw = () => {
    for (const place of [field, crops]) for (const [key, value] of Object.entries(cropVars({ x, y }))) place.style.setProperty(`--${key}`, value);
    said.textContent = words(x, y);
  };
  const move = (/** @type {number} */ toX, /** @type {number} */ toY) => {
    [x, y] = [toX, toY].map(n => Math.round(Math.min(1, Math.max(-1, n)) * 100) / 100);
    draw();
  };
  field.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
    const aim = (/** @type {PointerEvent} */ to) => {
      const box = field.getBoundingClientRect();
      move((to.clientX - box.left) / box.width * 2 - 1, 1 - (to.clientY - box.top) / box.height * 2);
    };
    aim(event);
    field.setPointerCapture(event.pointerId);
    field.onpointermove = aim;
    field.onpointerup = field.onpointercancel = () => { field.onpointermove = null; };
  });
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (!by) return;
    event.preventDefault();
    move(x + by[0], y + by[1]);
  });
  draw();
  return new Promise(resolve => {
    /** @type {[number, number] | null} */ let answer = before;
    const close = (/** @type {[number, number] | null} */ value) => { answer = value; box.close(); };
    const box = dialog(t('What stays in view'), h('div', { class: 'dialog-body' }, h('h2', null, t('What stays in view')),
      h('p', { class: 'note quiet' }, t('Where there is little room, a picture is cropped. Tap what should stay.')), h('div', { class: 'focal-frame' }, field), h('div', { class: 'row spread' }, crops, said),
      h('div', { class: 'dialog-foot' }, h('button', { type: 'button', class: 'button', onclick: () => close(null) }, t('The middle')), h('button', { type: 'button', class: 'button main', onclick: () => close([x, y]) }, t('Done')))));
    box.addEventListener('close', () => resolve(answer));
  });
}
