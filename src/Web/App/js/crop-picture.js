import { h } from './dom.js';
import { dialog } from './float.js';
import { t } from './i18n.js';

const closest = 4, step = 0.05;

/**
 * Asks which part of a picture is shown: by dragging and a slider, or the arrow keys, + and -.
 * @param {Blob} file @param {{ title: string, width: number, height: number }} wanted the size that is sent, in pixels @returns {Promise<Blob | null>} null when it was let be; throws when the browser cannot read the picture
 */
export async function cropPicture(file, { title, width, height }) {
  const image = await createImageBitmap(file).catch(() => { throw new Error(t('This browser cannot read that picture. Try a JPEG or a PNG.')); });
  const canvas = /** @type {HTMLCanvasElement} */ (h('canvas', { class: 'crop', width, height, tabindex: 0, role: 'img', autofocus: true, 'aria-label': t('The part that is shown. Arrow keys move it, + and - make it larger and smaller.') }));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.imageSmoothingQuality = 'high';
  let x = 0.5, y = 0.5, scale = 1;
  const wide = () => Math.min(image.width, image.height * width / height) / scale;
  const draw = () => {
    const w = wide(), tall = w * height / width;
    x = Math.min(1 - w / image.width / 2, Math.max(w / image.width / 2, x));
    y = Math.min(1 - tall / image.height / 2, Math.max(tall / image.height / 2, y));
    pen.clearRect(0, 0, width, height);
    pen.drawImage(image, x * image.width - w / 2, y * image.height - tall / 2, w, tall, 0, 0, width, height);
  };
  const slider = h('input', { type: 'range', min: 1, max: closest, step, value: 1, 'aria-label': t('How large'), oninput: () => { scale = Number(slider.value); draw(); } });
  const zoom = (/** @type {number} */ by) => {
    scale = Math.min(closest, Math.max(1, scale + by));
    slider.value = String(scale);
    draw();
  };
  const move = (/** @type {number} */ dx, /** @type {number} */ dy) => {
    x -= dx * wide() / image.width;
    y -= dy * wide() / image.height;
    draw();
  };
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    canvas.onpointermove = to => move(to.movementX / canvas.clientWidth, to.movementY / canvas.clientWidth);
    canvas.onpointerup = canvas.onpointercancel = () => { canvas.onpointermove = null; };
  });
  canvas.addEventListener('wheel', event => { event.preventDefault(); zoom(event.deltaY < 0 ? step * 2 : -step * 2); }, { passive: false });
  canvas.addEventListener('keydown', event => {
    const by = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (by) move(by[0], by[1]);
    else if (event.key === '+' || event.key === '-') zoom(event.key === '+' ? step * 2 : -step * 2);
    else return;
    event.preventDefault();
  });
  draw();
  return new Promise(resolve => {
    let taken = false;
    const box = dialog(title, h('div', { class: 'dialog-body' }, h('h2', null, title), canvas, slider, h('div', { class: 'dialog-foot' },
      h('button', { type: 'button', class: 'button', onclick: () => box.close() }, t('Leave it')),
      h('button', { type: 'button', class: 'button main', onclick: () => { taken = true; box.close(); } }, t('Take it')))));
    box.addEventListener('close', () => {
      image.close();
      // What may be see-through stays so.
      if (taken) canvas.toBlob(resolve, /png|webp|avif/.test(file.type) ? 'image/png' : 'image/jpeg', 0.92);
      else resolve(null);
    });
  });
}
