/**
 * Which posts of a thread one has seen, kept in this browser for the last threads.
 * A line of it: whether the whole thread was open once, when it was opened first (seconds), and four signs for each post that was shown.
 * @typedef {[whole: number, at: number, seen: string]} Line
 */
const place = 'calf.threads';
const mostThreads = 200, mostPosts = 500, signs = 4;

/** Enough of an id to tell the posts of one thread apart. @param {string} id */
const short = id => Number(id.slice(-6)).toString(36).padStart(signs, '0');

/** @returns {Record<string, Line>} the oldest first */
function load() {
  try { return JSON.parse(localStorage.getItem(place) ?? '{}'); } catch { return {}; }
}

/** @param {string} root the first post that is here @param {boolean} whole it is the one that was opened */
export function threadSeen(root, whole) {
  const key = `t${root}`, before = load()[key];
  const known = new Set(before?.[2].match(/.{4}/g) ?? []), now = new Set(known);
  return {
    /** Whether it came since the thread was open last. Of a thread that was open in part only, what is older was there. @param {any} one */
    isNew: one => !!before && !known.has(short(one.id)) && (!!before[0] || Date.parse(one.created_at) > before[1] * 1000),
    /** @param {any[]} posts */
    keep(posts) {
      for (const one of posts) now.add(short(one.id));
      const all = load();
      delete all[key];
      all[key] = [before?.[0] || Number(whole), before?.[1] ?? Math.floor(Date.now() / 1000), [...now].slice(-mostPosts).join('')];
      const names = Object.keys(all);
      for (const oldest of names.slice(0, Math.max(0, names.length - mostThreads))) delete all[oldest];
      try { localStorage.setItem(place, JSON.stringify(all)); } catch { /* this browser keeps nothing */ }
    },
  };
}
