import { h, icon } from '../js/dom.js';
import { get, patchForm, remove } from '../js/api.js';
import { session } from '../js/session.js';
import { ask, complain, toast } from '../js/float.js';
import { languages } from '../js/languages.js';
import { visibilities } from '../js/visibility.js';
import { plain } from '../js/html.js';
import { time } from '../js/time.js';
import { domainsSection } from '../js/blocklists.js';
import { tagSourcesSection } from '../js/tag-sources.js';
import { habits, setHabit, undoTimes } from '../js/habits.js';
import { diskSection } from './disk.js';
import { lookSections } from './settings/look.js';
import { emojisSection } from './emojis.js';
import { settingsSide } from './side.js';

const fieldCount = 6;

/** The owner's words and ways. */
export function settings() {
  const node = h('div', { class: 'settings' }, profileForm(), postingForm(), habitsSection(), ...lookSections(), peopleSection(), domainsSection(), tagSourcesSection(), emojisSection(), diskSection(), machineSection(), accessSection());
  return { title: 'Settings', node, side: settingsSide(), place: 'settings' };
}

/** @param {string} label @param {any} input @param {string} [hint] */
const field = (label, input, hint) => h('label', { class: 'field' }, h('span', null, label), input, hint && h('small', null, hint));
/** @param {string} name @param {string} label @param {string} hint @param {boolean} checked */
const choice = (name, label, hint, checked) => h('label', { class: 'choice' }, h('input', { type: 'checkbox', name, checked }), h('span', null, label, h('small', null, hint)));
const saveButton = () => h('div', null, h('button', { type: 'submit', class: 'button main' }, 'Save'));

/** @param {SubmitEvent} event @param {(form: Map<string, string>, data: FormData) => void} fill */
async function save(event, fill) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget), button = form.querySelector('[type=submit]');
  const data = new FormData();
  fill(new Map([...new FormData(form)].map(([key, value]) => [key, String(value)])), data);
  button?.setAttribute('aria-busy', 'true');
  try {
    session.me = await patchForm('/api/v1/accounts/update_credentials', data);
    toast('Saved.');
  } catch (problem) { complain(problem); }
  button?.removeAttribute('aria-busy');
}

function profileForm() {
  const me = session.me, source = me.source ?? {};
  const rows = Array.from({ length: fieldCount }, (_, i) => h('div', { class: 'pair' },
    h('input', { class: 'input', name: `name${i}`, maxlength: 255, 'aria-label': `Label ${i + 1}`, placeholder: 'Label', dir: 'auto', value: source.fields?.[i]?.name ?? '' }),
    h('input', { class: 'input', name: `value${i}`, maxlength: 255, 'aria-label': `Content ${i + 1}`, placeholder: 'Content or https://', dir: 'auto', value: source.fields?.[i]?.value ?? '' })));
  return h('form', {
    onsubmit: event => save(event, (form, data) => {
      data.set('display_name', form.get('display_name') ?? '');
      data.set('note', form.get('note') ?? '');
      for (let i = 0; i < fieldCount; i++) {
        data.set(`fields_attributes[${i}][name]`, form.get(`name${i}`) ?? '');
        data.set(`fields_attributes[${i}][value]`, form.get(`value${i}`) ?? '');
      }
      for (const name of ['locked', 'discoverable', 'indexable']) data.set(name, String(form.has(name)));
    }),
  }, h('h2', null, 'Profile'),
  field('Name', h('input', { class: 'input', name: 'display_name', maxlength: 100, dir: 'auto', value: me.display_name })),
  field('About you', h('textarea', { class: 'input', name: 'note', maxlength: 5000, dir: 'auto', value: source.note ?? plain(me.note) }), 'Markdown works here.'),
  h('fieldset', null, h('legend', null, 'Facts'), rows, h('p', { class: 'hint' }, 'A page that links back to your profile with rel="me" is marked as yours.')),
  h('div', null, choice('locked', 'Ask me before someone follows', 'Each new follower waits for your yes.', me.locked),
    choice('discoverable', 'Let others find me', 'Servers may suggest your profile to people.', me.discoverable ?? false),
    choice('indexable', 'Let search find my public posts', 'Search engines and other servers may index them.', me.indexable ?? !me.noindex)),
  saveButton());
}

function postingForm() {
  const source = session.me.source ?? {};
  const chosen = source.language || navigator.language.split('-')[0];
  return h('form', { onsubmit: event => save(event, (form, data) => { for (const key of ['privacy', 'language']) data.set(`source[${key}]`, form.get(key) ?? ''); }) },
    h('h2', null, 'Writing'),
    h('fieldset', null, h('legend', null, 'Who sees a new post'), Object.entries(visibilities).filter(([key]) => key !== 'direct').map(([key, kind]) =>
      h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'privacy', value: key, checked: (source.privacy ?? 'public') === key }), h('span', null, kind.label, h('small', null, kind.hint))))),
    field('Language you write in', h('select', { class: 'input', name: 'language' }, languages(chosen).map(one => h('option', { value: one.code, selected: one.code === chosen }, one.name)))),
    saveButton());
}

/** How one writes in this browser. */
const habitsSection = () => h('section', null, h('h2', null, 'Writing in this browser'),
  h('label', { class: 'choice' }, h('input', { type: 'checkbox', checked: habits().insist, onchange: event => setHabit({ insist: event.target.checked }) }),
    h('span', null, 'Insist on alt text', h('small', null, 'No post goes out while a picture, film or sound in it has no description.'))),
  field('Time to take a post back', h('select', { class: 'input', name: 'undo', onchange: event => setHabit({ undo: Number(event.target.value) }) },
    undoTimes.map(seconds => h('option', { value: String(seconds), selected: seconds === habits().undo }, seconds ? `${seconds} seconds` : 'None, it goes out at once'))), 'So long it is held back after you press Post. Leaving the page sends it.'),
  h('div', { class: 'row' }, h('a', { class: 'button compact', href: '/scheduled' }, icon('clock', 'small'), 'Posts that wait for their time')));

const peopleSection = () => h('section', null, h('h2', null, 'People'), h('div', { class: 'row' },
  [['/requests', 'Follow requests'], ['/strangers', 'From strangers'], ['/muted', 'Muted'], ['/blocked', 'Blocked'], ['/conversations', 'Conversations'], ['/lists', 'Lists'], ['/tags', 'Tags'], ['/follow-list', 'Follow a list'], ['/why', 'Why don’t I see it?'], [`/people/${session.me.id}/followers`, 'Followers'], [`/people/${session.me.id}/following`, 'Following']].map(([href, label]) => h('a', { class: 'button compact', href }, label))));

function accessSection() {
  const sessions = h('ul', { class: 'things' }), apps = h('ul', { class: 'things' });
  const line = (/** @type {string} */ glyph, /** @type {any[]} */ text, /** @type {any} */ act) => h('li', null, icon(glyph), h('div', null, text), act);
  const end = (/** @type {string} */ label, /** @type {string} */ path, /** @type {string} */ question) => h('button', {
    type: 'button', class: 'button compact', onclick: async event => {
      const item = event.currentTarget.closest('li');
      if (!await ask({ title: question, text: 'It has to sign in again to come back.', yes: label })) return;
      try { await remove(path); item.remove(); toast('Done.'); } catch (problem) { complain(problem); }
    },
  }, label);
  get('/api/calf/v1/sessions').then(list => sessions.replaceChildren(...list.map((/** @type {any} */ one) => line('you', [h('p', null, one.name, one.current && h('span', { class: 'is-leaf small' }, ' this browser')), h('p', { class: 'small quiet' }, 'since ', time(one.created_at, true), ', last used ', time(one.last_used_at, true))],
    one.current ? null : end('Sign out', `/api/calf/v1/sessions/${one.id}`, 'Sign this browser out?')))), problem => sessions.replaceChildren(h('li', null, problem.message)));
  get('/api/calf/v1/apps').then(list => apps.replaceChildren(...list.length ? list.map((/** @type {any} */ one) => line('key', [h('p', null, one.name), h('p', { class: 'small quiet' }, `may ${one.scopes.join(', ')}, since `, time(one.created_at, true),
    one.last_used_at ? [', last used ', time(one.last_used_at, true)] : ', not used yet')], end('Remove', `/api/calf/v1/apps/${one.id}`, `Remove ${one.name}?`)))
    : [h('li', { class: 'quiet' }, 'No app has access.')]), problem => apps.replaceChildren(h('li', null, problem.message)));
  return h('section', null, h('h2', null, 'Access'), h('h3', null, 'Browsers that are signed in'), sessions, h('h3', null, 'Apps'), apps,
    h('form', { method: 'post', action: '/session/end' }, h('button', { type: 'submit', class: 'button' }, icon('leave'), 'Sign out here')));
}

/** What the server could use and does not find; nothing when all is there. */
function machineSection() {
  const node = h('section', { hidden: true });
  get('/api/calf/v1/machine').then(machine => {
    if (!machine.missing.length) return;
    node.hidden = false;
    node.replaceChildren(h('h2', null, 'This server'), ...machine.missing.map((/** @type {string} */ text) => h('p', null, text)));
  }, complain);
  return node;
}
