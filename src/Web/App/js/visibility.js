/** The four visibilities, in Calf's words. @type {Record<string, { label: string, hint: string, icon: string }>} */
export const visibilities = {
  public: { label: 'Everyone', hint: 'Anyone can see it, and it may appear in public lists', icon: 'public' },
  unlisted: { label: 'Quiet', hint: 'Anyone can see it, but it stays out of public lists', icon: 'unlisted' },
  private: { label: 'Followers', hint: 'Only the people who follow you', icon: 'private' },
  direct: { label: 'Mentioned', hint: 'Only the people named in it', icon: 'direct' },
};
const order = ['public', 'unlisted', 'private', 'direct'];

/** The narrower of two. @param {string} a @param {string} b */
export const narrower = (a, b) => order[Math.max(order.indexOf(a), order.indexOf(b), 0)];
