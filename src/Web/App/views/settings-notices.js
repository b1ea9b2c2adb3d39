import { h } from '../js/dom.js';
import { get, put } from '../js/api.js';
import { complain, toast } from '../js/float.js';
import { t } from '../js/i18n.js';
import { alertKinds, changePush, pushHindrance, pushState, startPush, stopPush, tryPush } from '../js/push.js';
import { field, select } from './settings-form.js';

/** What the owner is told of, and where. */
export const noticeSections = () => [pushSection(), policySection()];

/** @type {Record<string, string>} */
const labels = {
  mention: t('Someone mentions you'), quote: t('Someone quotes you'), follow: t('Someone follows you'), follow_request: t('Someone asks to follow you'), favourite: t('A favourite'), reblog: t('A boost'),
  status: t('Someone whom you watch posts'), poll: t('A poll closes'), update: t('A post that you boosted is edited'),
};

function pushSection() {
  const box = h('div', { class: 'stack' });
  const attempt = (/** @type {() => Promise<any>} */ act, /** @type {string} */ said) => async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    button.setAttribute('aria-busy', 'true');
    try { await act(); toast(said); draw(); } catch (problem) { complain(problem); }
    button.removeAttribute('aria-busy');
  };
  const draw = async () => {
    const hindrance = pushHindrance();
    if (hindrance) return box.replaceChildren(h('p', { class: 'quiet' }, hindrance));
    const state = await pushState().catch(problem => { complain(problem); return null; });
    if (!state) return box.replaceChildren(h('p', null, t('This browser can tell you when something happens, also when the page is closed.')),
      h('div', null, h('button', { type: 'button', class: 'button main', onclick: attempt(startPush, t('This browser tells you from now on.')) }, t('Tell me here'))));
    const change = async () => {
      const alerts = Object.fromEntries([...box.querySelectorAll('[type=checkbox]')].map(input => [/** @type {HTMLInputElement} */ (input).name, /** @type {HTMLInputElement} */ (input).checked]));
      try { await changePush(alerts, policy.value); toast(t('Saved.')); } catch (problem) { complain(problem); }
    };
    const policy = select('policy', [['all', t('By everyone')], ['followed', t('By those whom you follow')], ['follower', t('By your followers')]], state.policy, change);
    box.replaceChildren(h('div', null, alertKinds.map(kind => h('label', { class: 'choice' }, h('input', { type: 'checkbox', name: kind, checked: state.alerts[kind], onchange: change }), h('span', null, labels[kind])))),
      field(t('By whom'), policy),
      h('div', { class: 'row' }, h('button', { type: 'button', class: 'button', onclick: attempt(tryPush, t('One is on its way.')) }, t('Try it')), h('button', { type: 'button', class: 'button', onclick: attempt(stopPush, t('This browser is quiet from now on.')) }, t('Stop it'))));
  };
  draw();
  return h('section', null, h('h2', null, t('In this browser')), box);
}

/** @type {[string, string][]} https://docs.joinmastodon.org/methods/notifications/#get-policy */
const kinds = [['for_not_following', t('People whom you do not follow')], ['for_not_followers', t('People who do not follow you')], ['for_new_accounts', t('Accounts that are new')], ['for_private_mentions', t('Unasked private mentions')], ['for_limited_accounts', t('Accounts of silenced servers')]];
/** @type {[string, string][]} */
const answers = [['accept', t('Tell me')], ['filter', t('Put them with the strangers')], ['drop', t('Leave them out')]];

function policySection() {
  const box = h('div', { class: 'stack' });
  get('/api/v2/notifications/policy').then(policy => box.replaceChildren(...kinds.map(([name, label]) => field(label, select(name, answers, policy[name], async value => {
    try { await put('/api/v2/notifications/policy', { [name]: value }); toast(t('Saved.')); } catch (problem) { complain(problem); }
  })))), problem => box.replaceChildren(h('p', null, problem.message)));
  return h('section', null, h('h2', null, t('From strangers')), box, h('div', null, h('a', { class: 'button compact', href: '/strangers' }, t('Those who wait'))));
}
