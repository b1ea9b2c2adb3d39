import { t } from './i18n.js';

/** The four visibilities, in Calf's words. @type {Record<string, { label: string, hint: string, icon: string }>} */
export const visibilities = {
  public: { label: t('Everyone||who can see a post'), hint: t('Anyone can see it, and it may appear in public lists'), icon: 'public' },
  unlisted: { label: t('Quiet||who can see a post'), hint: t('Anyone can see it, but it stays out of public lists'), icon: 'unlisted' },
  private: { label: t('Followers||who can see a post'), hint: t('Only the people who follow you'), icon: 'private' },
  direct: { label: t('Mentioned||who can see a post'), hint: t('Only the people named in it'), icon: 'direct' },
};
const order = ['public', 'unlisted', 'private', 'direct'];

/** The narrower of two. @param {string} a @param {string} b */
export const narrower = (a, b) => order[Math.max(order.indexOf(a), order.indexOf(b), 0)];
