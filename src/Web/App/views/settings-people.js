import { h } from '../js/dom.js';
import { t } from '../js/i18n.js';
import { session } from '../js/session.js';
import { domainsSection } from '../js/blocklists.js';
import { tagSourcesSection } from '../js/tag-sources.js';

/** Who comes near, and what comes with them. */
export const peopleSections = () => [linksSection(), domainsSection(), tagSourcesSection()];

const linksSection = () => h('section', null, h('h2', null, t('People')), h('div', { class: 'row' },
  [['/requests', t('Follow requests')], ['/strangers', t('From strangers')], ['/muted', t('Muted||people')], ['/blocked', t('Blocked||people')], ['/filters', t('Filters')], ['/conversations', t('Conversations')], ['/lists', t('Lists')], ['/tags', t('Tags')],
    ['/follow-list', t('Follow a list')], ['/why', t('Why don’t I see it?')], [`/people/${session.me.id}/followers`, t('Followers')], [`/people/${session.me.id}/following`, t('Following||the people whom one follows')]].map(([href, label]) => h('a', { class: 'button compact', href }, label))));
