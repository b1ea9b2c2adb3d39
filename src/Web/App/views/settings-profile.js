import { h, icon } from '../js/dom.js';
import { patchForm } from '../js/api.js';
import { cropPicture } from '../js/crop-picture.js';
import { complain, toast } from '../js/float.js';
import { plain } from '../js/html.js';
import { t, tx } from '../js/i18n.js';
import { session } from '../js/session.js';
import { choice, field, save, saveButton } from './settings-form.js';

const fieldCount = 6;
/** What the server keeps of them, in pixels. */
const sizes = { avatar: { width: 400, height: 400 }, header: { width: 1500, height: 500 } };

/** How others read the owner. */
export const profileSections = () => [picturesSection(), profileForm()];

/** The two pictures, each as it is. Used in the first run as well. @param {('avatar' | 'header')[]} [kinds] */
export function picturesSection(kinds = ['header', 'avatar']) {
  const titles = { avatar: t('Your picture'), header: t('The picture on top') };
  return h('section', { class: 'own-pictures' }, kinds.map(kind => {
    const image = h('img', { class: kind === 'avatar' ? 'avatar' : 'profile-header', alt: '' });
    const chooser = h('input', { type: 'file', class: 'unseen', accept: 'image/*', onchange: () => take() });
    const words = h('input', { class: 'input', name: `${kind}_description`, maxlength: 1500, dir: 'auto', onchange: () => send({ [`${kind}_description`]: words.value.trim() }) });
    const away = h('button', { type: 'button', class: 'button compact', onclick: () => send({ [kind]: '' }) }, t('Take it away'));
    const described = field(t('What is to be seen'), words, t('For those who cannot see it.'));
    const draw = () => {
      const { me } = session, missing = /\/(avatar|missing)\.(png|svg)$/.test(me[kind]);
      image.src = me[kind];
      image.hidden = kind === 'header' && missing;
      away.hidden = described.hidden = missing;
      words.value = me[`${kind}_description`] ?? '';
    };
    const send = async (/** @type {Record<string, any>} */ change) => {
      const data = new FormData();
      for (const [name, value] of Object.entries(change)) data.set(name, value);
      try {
        session.me = await patchForm('/api/v1/accounts/update_credentials', data);
        draw();
        toast(t('Saved.'));
      } catch (problem) { complain(problem); }
    };
    const take = async () => {
      const file = chooser.files?.[0];
      chooser.value = '';
      if (!file) return;
      try {
        // What moves would stand still after a crop.
        const part = file.type === 'image/gif' ? file : await cropPicture(file, { title: titles[kind], ...sizes[kind] });
        if (part) await send({ [kind]: part });
      } catch (problem) { complain(problem); }
    };
    draw();
    return h('div', { class: 'own-picture' }, h('h2', null, titles[kind]), image,
      h('div', { class: 'row' }, h('label', { class: 'button compact' }, icon('image', 'small'), t('Choose a picture'), chooser), away), described);
  }));
}

function profileForm() {
  const me = session.me, source = me.source ?? {};
  const rows = Array.from({ length: fieldCount }, (_, i) => {
    const verified = me.fields?.[i]?.verified_at && me.fields[i].name === source.fields?.[i]?.name;
    return h('div', { class: 'pair' },
      h('input', { class: 'input', name: `name${i}`, maxlength: 255, 'aria-label': t('Label {n}', { n: i + 1 }), placeholder: t('Label'), dir: 'auto', value: source.fields?.[i]?.name ?? '' }),
      h('input', { class: 'input', name: `value${i}`, maxlength: 255, 'aria-label': t('Content {n}', { n: i + 1 }), placeholder: t('Content or https://'), dir: 'auto', value: source.fields?.[i]?.value ?? '' }),
      verified && h('p', { class: 'is-leaf small' }, icon('check', 'small'), t('It links back to you, so it is marked as yours.')));
  });
  return h('form', {
    onsubmit: event => save(event, (form, data) => {
      data.set('display_name', form.get('display_name') ?? '');
      data.set('note', form.get('note') ?? '');
      for (let i = 0; i < fieldCount; i++) {
        data.set(`fields_attributes[${i}][name]`, form.get(`name${i}`) ?? '');
        data.set(`fields_attributes[${i}][value]`, form.get(`value${i}`) ?? '');
      }
      for (const name of ['locked', 'discoverable', 'indexable', 'hide_collections', 'bot']) data.set(name, String(form.has(name)));
    }),
  }, h('h2', null, t('Profile')),
  field(t('Name'), h('input', { class: 'input', name: 'display_name', maxlength: 100, dir: 'auto', value: me.display_name })),
  field(t('About you'), h('textarea', { class: 'input', name: 'note', maxlength: 5000, dir: 'auto', value: source.note ?? plain(me.note) }), t('Markdown works here.')),
  h('fieldset', null, h('legend', null, t('Facts')), rows, h('p', { class: 'hint' }, tx('A page that links back to your profile with {code} is marked as yours.', { code: h('code', null, 'rel="me"') }))),
  h('h2', null, t('Privacy')),
  h('div', null, choice('locked', t('Ask me before someone follows'), t('Each new follower waits for your yes.'), me.locked),
    choice('discoverable', t('Let others find me'), t('Servers may suggest your profile to people.'), me.discoverable ?? false),
    choice('indexable', t('Let search find my public posts'), t('Search engines and other servers may index them.'), me.indexable ?? !me.noindex),
    choice('hide_collections', t('Keep my follows to myself'), t('Nobody else sees whom you follow and who follows you, only how many.'), source.hide_collections ?? me.hide_collections ?? false),
    choice('bot', t('This is an automated account'), t('Others see that a program writes here.'), me.bot ?? false)),
  saveButton());
}
