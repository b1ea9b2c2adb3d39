import { h } from '../js/dom.js';
import { t } from '../js/i18n.js';
import { settingsSide } from './side.js';
import { accessSections } from './settings-access.js';
import { lookSections } from './settings-look.js';
import { noticeSections } from './settings-notices.js';
import { peopleSections } from './settings-people.js';
import { profileSections } from './settings-profile.js';
import { serverSections } from './settings-server.js';
import { writingSections } from './settings-writing.js';

/** Each sheet has one file, settings-*.js. @type {[string, string, () => any[]][]} */
const sheets = [
  ['profile', t('Profile'), profileSections], ['writing', t('Writing'), writingSections], ['look', t('Look'), lookSections], ['notices', t('Notifications'), noticeSections],
  ['people', t('People'), peopleSections], ['server', t('Server'), serverSections], ['access', t('Access'), accessSections],
];

/** The owner's words and ways. @param {Record<string, string>} _ @param {URLSearchParams} query */
export function settings(_, query) {
  const [key, , sections] = sheets.find(sheet => sheet[0] === query.get('show')) ?? sheets[0];
  const tabs = h('nav', { class: 'tabs', 'aria-label': t('What to set') }, sheets.map(([name, label]) => h('a', { href: name === sheets[0][0] ? '/settings' : `/settings?show=${name}`, 'aria-current': name === key ? 'page' : null }, label)));
  // On a phone there is no room for all of them.
  requestAnimationFrame(() => tabs.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' }));
  return { title: t('Settings'), side: settingsSide(), place: 'settings', node: h('div', null, tabs, h('div', { class: 'settings' }, sections())) };
}
