import { h, icon, mark } from '../js/dom.js';
import { compose } from '../js/compose.js';
import { number, t } from '../js/i18n.js';
import { go } from '../js/router.js';
import { styles } from '../js/styles.js';
import { you } from './welcome-you.js';
import { domain } from './welcome-domain.js';
import { people } from './welcome-people.js';
import { app } from './welcome-app.js';

/**
 * Each step has one file, welcome-*.js. `pace` is what stands on the line of steps.
 * @typedef {{ key: string, pace: string, title: string, lead: string, content: () => any }} Step
 * @type {Step[]}
 */
const steps = [
  { key: 'you', pace: t('You'), title: t('Let others know who you are'), lead: t('A face and a few words are enough. All of it can be changed at any time.'), content: you },
  { key: 'domain', pace: t('Domain'), title: t('Can others find you'), lead: t('Your server looks at itself the way others do.'), content: domain },
  { key: 'people', pace: t('People'), title: t('Whom would you like to read'), lead: t('What they write from now on comes to you. Nobody is followed unless you say so.'), content: people },
  { key: 'app', pace: t('App'), title: t('Take it with you'), lead: t('This page is all you need. An app on your phone works as well.'), content: app },
];

/** @param {Step} step */
const address = step => step === steps[0] ? '/welcome' : `/welcome?step=${step.key}`;

/** The first steps after set-up: gone through forwards and backwards, and left at any time. @param {Record<string, string>} _ @param {URLSearchParams} query */
export async function welcome(_, query) {
  const at = Math.max(0, steps.findIndex(step => step.key === query.get('step'))), step = steps[at];
  await styles('guide');
  return {
    title: t('Welcome'),
    node: h('div', { class: 'guide' }, path(at),
      h('header', null, h('h2', null, step.title), h('p', { class: 'quiet' }, step.lead)),
      h('div', { class: 'guide-step' }, step.content()),
      foot(at)),
  };
}

/** The way so far and to come; the calf stands where one is. @param {number} at */
const path = at => h('nav', { class: 'guide-path', 'aria-label': t('Steps') }, h('ol', null, steps.map((step, index) =>
  h('li', { class: index < at ? 'been' : null }, h('a', { href: address(step), 'aria-current': index === at ? 'step' : null },
    h('i', { 'aria-hidden': 'true' }, index === at ? mark() : index < at ? icon('check', 'small') : number(index + 1)), h('span', null, step.pace))))));

/** @param {number} at */
function foot(at) {
  const before = at > 0 && h('a', { class: 'icon-button', href: address(steps[at - 1]), 'aria-label': t('The step before'), title: t('The step before') }, icon('back'));
  return h('footer', { class: 'guide-foot' }, ...at === steps.length - 1
    ? [before, h('a', { class: 'button slight', href: '/home' }, t('Go home')), h('button', { type: 'button', class: 'button main', onclick: () => { go('/home'); compose({}); } }, t('Write the first post'))]
    : [before, h('a', { class: 'button slight', href: '/home' }, t('Later')), h('a', { class: 'button main', href: address(steps[at + 1]) }, t('Next'))]);
}
