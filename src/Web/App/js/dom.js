/**
 * Builds an element. Text is always text: there is no way from here to parse HTML.
 * `on*` props are listeners, `data` a dataset, `vars` CSS custom properties, true/false boolean attributes.
 * @typedef {{ [name: `on${string}`]: ((event: any) => any) | null | undefined | false, [name: string]: any }} Props
 * @param {string} tag @param {Props | null} [props] @param {...any} children
 * @returns {any}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'vars') for (const [key, v] of Object.entries(value)) element.style.setProperty(`--${key}`, String(v));
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'muted') /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const svg = 'http://www.w3.org/2000/svg';
const sprite = new URL('../icons.svg', import.meta.url).pathname;

/** An icon of Calf's one family; it is decoration unless a label is given. @param {string} name @param {string} [classes] @param {string} [label] */
export function icon(name, classes = '', label) {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', `icon ${classes}`.trim());
  if (label) {
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', label);
  } else element.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `${sprite}#${name}`);
  element.append(use);
  return element;
}

/** @param {boolean} large */
export const mark = (large = false) => icon('mark', large ? 'mark large' : 'mark');

/** Fires once the person has stopped for `wait` milliseconds. @param {(...args: any[]) => void} act @param {number} wait */
export function settle(act, wait) {
  let timer = 0;
  return (/** @type {any[]} */ ...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...args), wait);
  };
}

/** @param {() => void} act once what is on the page has been drawn and read */
export const whenQuiet = act => { if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: 4_000 }); else setTimeout(act, 2_000); };

/** @param {() => void} change @param {() => void} [after] it was shown */
export function transition(change, after) {
  if (document.startViewTransition && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
    const motion = document.startViewTransition(change);
    motion.ready.catch(() => { /* It was skipped, for the next one or a hidden page; the change is made all the same. */ });
    motion.finished.then(after);
  } else {
    change();
    after?.();
  }
}
