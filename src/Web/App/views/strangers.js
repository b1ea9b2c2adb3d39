import { h } from '../js/dom.js';
import { get, patchForm, post } from '../js/api.js';
import { emit } from '../js/bus.js';
import { feed } from '../js/feed.js';
import { person } from '../js/account.js';
import { complain, toast } from '../js/float.js';
import { plain } from '../js/html.js';
import { t, tn } from '../js/i18n.js';

const root = '/api/v1/notifications/requests', policy = '/api/v2/notifications/policy';
/** @type {[string, string][]} */
const whom = [
  ['for_not_following', t('People whom you do not follow')], ['for_not_followers', t('People who do not follow you, or not for three days yet')],
  ['for_new_accounts', t('Accounts younger than thirty days')], ['for_private_mentions', t('Direct messages that you did not ask for')], ['for_limited_accounts', t('People on servers that you silenced')],
];
const answers = [['accept', t('Tell me')], ['filter', t('Hold here')], ['drop', t('Never tell me')]];

/** What strangers sent, held until the owner decides. */
export const strangers = () => ({
  title: t('From strangers'), place: 'bell',
  node: h('div', null, rules(), feed({
    path: root, query: { limit: 40 }, kind: 'person', label: t('From strangers'), render: waiting,
    empty: [t('Nobody is waiting'), t('What is held by the rules above waits here. Nobody is told.')], end: t('That is everyone.'),
  })),
});

/** @param {any} request */
function waiting(request) {
  const status = request.last_status, count = Number(request.notifications_count);
  return h('article', null,
    person(request.account, {
      action: h('div', { class: 'row' },
        h('button', { type: 'button', class: 'button compact', onclick: event => decide(event.currentTarget, request, 'dismiss', t('Forgotten.')) }, t('Forget')),
        h('button', { type: 'button', class: 'button compact main', onclick: event => decide(event.currentTarget, request, 'accept', t('{who} is let through.', { who: `@${request.account.username}` })) }, t('Let through'))),
    }),
    h('p', { class: 'small quiet' }, status ? tn(count, 'One thing waits, the latest:', '{n} things wait, the latest:') : tn(count, 'One thing waits', '{n} things wait')),
    status && h('a', { class: 'snippet', href: `/posts/${status.id}`, dir: 'auto', lang: status.language }, status.spoiler_text || plain(status.content) || t('A post without words')));
}

/** @param {any} button @param {any} request @param {string} verb @param {string} said */
async function decide(button, request, verb, said) {
  button.setAttribute('aria-busy', 'true');
  try {
    await post(`${root}/${request.id}/${verb}`);
    const list = button.closest('calf-feed');
    button.closest('article').remove();
    list?.check();
    toast(said);
    emit('requests');
  } catch (problem) {
    button.removeAttribute('aria-busy');
    complain(problem);
  }
}

function rules() {
  const box = h('div', { class: 'settings' });
  const fields = h('form');
  box.append(h('details', null, h('summary', null, t('What is held')), fields));
  get(policy).then(now => fields.append(...whom.map(([name, label]) => h('label', { class: 'field' }, h('span', null, label),
    h('select', { class: 'input', name, onchange: change }, answers.map(([value, word]) => h('option', { value, selected: now[name] === value }, word)))))), complain);
  return box;
}

/** @param {Event} event */
async function change(event) {
  const select = /** @type {HTMLSelectElement} */ (event.currentTarget), data = new FormData();
  data.set(select.name, select.value);
  try { await patchForm(policy, data); toast(t('Saved.')); } catch (problem) { complain(problem); }
}
