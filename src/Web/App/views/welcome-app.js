import { h, icon } from '../js/dom.js';
import { complain, toast } from '../js/float.js';
import { all, t } from '../js/i18n.js';
import { installing } from '../js/offline.js';
import { pushHindrance, pushState, startPush } from '../js/push.js';

/** Of the machine itself: another device finds nothing there. */
const here = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

/** An app, this page as an app, and notifications. */
export const app = () => [appSection(), installSection(), pushSection()];

function appSection() {
  const name = location.host;
  const copy = async () => {
    try { await navigator.clipboard.writeText(name); toast(t('Copied.')); } catch { toast(t('The browser did not let it be copied. Select it by hand.')); }
  };
  return h('section', null, h('h3', null, t('An app for Mastodon')),
    h('div', { class: 'guide-app' },
      h('div', { class: 'stack' }, h('p', null, t('Any of them works. When it asks for your server, type:')),
        h('p', { class: 'guide-name' }, h('code', { dir: 'ltr' }, name), h('button', { type: 'button', class: 'button compact', onclick: copy }, t('Copy'))),
        h('p', { class: 'hint' }, t('Tried with every version: {app}, and {libraries}, which many apps are made with.', { app: 'toot', libraries: all(['masto.js', 'megalodon', 'Mastodon.py']) }))),
      here ? h('p', { class: 'hint' }, t('This Calf keeps to this machine, so only apps on it can reach it.'))
        : h('figure', null, h('img', { src: `/api/calf/v1/qr.svg?text=${encodeURIComponent(`${location.origin}/`)}`, width: 132, height: 132, loading: 'lazy', alt: t('A code that opens {address} on a phone', { address: `${location.origin}/` }) }),
          h('figcaption', { class: 'small quiet' }, t('Your phone’s camera opens this page.')))));
}

function installSection() {
  const offer = h('div', { hidden: !installing.ask }, h('button', { type: 'button', class: 'button', onclick: () => installing.ask?.() }, icon('down', 'small'), t('Install')));
  installing.changed = () => { offer.hidden = !installing.ask; };
  return h('section', null, h('h3', null, t('This page as an app')),
    matchMedia('(display-mode: standalone)').matches ? h('p', { class: 'guide-done' }, icon('check', 'is-leaf'), t('It is one already.'))
      : [h('p', null, t('The menu of your browser has “Install” or “Add to home screen” for it. On an iPhone it is behind the button to share.')), offer]);
}

function pushSection() {
  const box = h('div', { class: 'stack' });
  const done = () => box.replaceChildren(h('p', { class: 'guide-done' }, icon('check', 'is-leaf'), t('This browser tells you.')));
  const begin = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    button.setAttribute('aria-busy', 'true');
    try { await startPush(); done(); } catch (problem) { complain(problem); }
    button.removeAttribute('aria-busy');
  };
  const hindrance = pushHindrance();
  box.append(...hindrance ? [h('p', { class: 'quiet' }, hindrance)] : [h('p', null, t('This browser can tell you when somebody answers or follows you, also when the page is closed.')),
    h('div', null, h('button', { type: 'button', class: 'button', onclick: begin }, icon('bell', 'small'), t('Tell me here')))]);
  if (!hindrance) pushState().then(state => { if (state) done(); }, () => { /* then it is offered; pressing it says what is wrong */ });
  return h('section', null, h('h3', null, t('Notifications')), box);
}
