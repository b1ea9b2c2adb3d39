import { h, icon } from '../js/dom.js';
import { get } from '../js/api.js';
import { t, tn } from '../js/i18n.js';
import { fullHandle, session } from '../js/session.js';
import { trouble } from '../js/states.js';

/** What each look found, by its name: when it is well, and when it is not. @type {Record<string, [string, string]>} */
const findings = {
  webfinger: [t('Your handle leads to your profile.'), t('Your handle leads nowhere yet.')],
  https: [t('Your page opens, with a certificate that is trusted.'), t('Your page does not open with a certificate that is trusted.')],
  actor: [t('Other servers can read your profile.'), t('Other servers cannot read your profile.')],
  nodeinfo: [t('Your server says what it is.'), t('Your server does not say what it is.')],
  inbox: [t('What others send to you arrives.'), t('What others send to you does not arrive.')],
  local: [t('This Calf keeps to this machine, for trying things out.'), t('This Calf keeps to this machine, for trying things out.')],
};

/** Whether other servers can find this one. */
export function domain() {
  const box = h('div', { class: 'stack', 'aria-live': 'polite' });
  look(box);
  return box;
}

/** @param {HTMLElement} box */
async function look(box) {
  box.setAttribute('aria-busy', 'true');
  box.replaceChildren(h('p', { class: 'guide-wait' }, icon('clock', 'small'), t('It is looking. That takes up to ten seconds.')));
  const again = () => h('div', null, h('button', { type: 'button', class: 'button', onclick: () => look(box) }, icon('again', 'small'), t('Look again')));
  try {
    const found = await get('/api/calf/v1/domain_check');
    box.replaceChildren(h('p', { class: 'guide-said' }, summary(found)), h('ul', { class: 'guide-checks' }, found.checks.map(line)), again());
  } catch (problem) { box.replaceChildren(trouble(problem, () => look(box))); }
  box.removeAttribute('aria-busy');
}

/** @param {any} found */
function summary(found) {
  const open = found.checks.filter((/** @type {any} */ check) => !check.ok).length;
  if (found.local) return t('There is nothing to look at here: nobody outside can reach it, and all the rest works.');
  return open ? tn(open, 'One thing is to be mended before everybody can find you.', '{n} things are to be mended before everybody can find you.')
    : t('All is well. Others find you as {handle}.', { handle: fullHandle(session.me) });
}

/** The advice is the server's, for it knows what was answered. @param {any} check */
function line(check) {
  const text = findings[check.name]?.[check.ok ? 0 : 1] ?? check.sentence;
  return h('li', null, check.ok ? icon('check', 'is-leaf', t('Well')) : icon('warning', 'is-amber', t('To be mended')),
    h('div', null, h('p', null, text), !check.ok && text !== check.sentence && h('p', { class: 'small quiet', dir: 'auto' }, check.sentence), check.advice && h('p', { class: 'small quiet', dir: 'auto' }, check.advice)));
}
