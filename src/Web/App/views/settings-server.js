import { h, icon } from '../js/dom.js';
import { get } from '../js/api.js';
import { complain } from '../js/float.js';
import { t, tx } from '../js/i18n.js';
import { session } from '../js/session.js';
import { diskSection } from './disk.js';

/** The machine, and what is on it. */
export const serverSections = () => [machineSection(), diskSection(), pastSection(), aboutSection()];

/** What the server could use and does not find. */
function machineSection() {
  const missing = h('div', { class: 'stack' });
  get('/api/calf/v1/machine').then(machine => missing.replaceChildren(...machine.missing.map((/** @type {string} */ text) => h('p', null, text))), complain);
  return h('section', null, h('h2', null, t('This server')),
    h('div', { class: 'row' }, h('a', { class: 'button compact', href: '/server' }, icon('server', 'small'), t('How it is doing')), h('a', { class: 'button compact', href: '/welcome' }, icon('again', 'small'), t('The first steps again'))), missing);
}

/** What comes in and goes out as files. */
const pastSection = () => h('section', null, h('h2', null, t('Bring and take')),
  h('p', null, t('People whom you follow elsewhere can be brought as a list.')),
  h('div', { class: 'row' }, h('a', { class: 'button compact', href: '/follow-list' }, t('Follow a list'))),
  h('p', null, tx('Everything that is yours, database, keys and files, goes into one file with {command} on the server, and comes back with {other}.', { command: h('code', null, 'calf backup FILE'), other: h('code', null, 'calf restore FILE') })));

function aboutSection() {
  const version = /Calf ([\w.+-]+)/.exec(session.instance?.version ?? '')?.[1] ?? '';
  return h('section', null, h('h2', null, t('About Calf')),
    h('p', null, t('Calf {version} at {domain}: your own server of the fediverse, one program and one folder.', { version, domain: session.instance?.domain ?? location.host })),
    session.instance?.source_url && h('div', { class: 'row' }, h('a', { class: 'button compact', href: session.instance.source_url, target: '_blank', rel: 'noopener noreferrer' }, icon('out', 'small'), t('Its source'))));
}
