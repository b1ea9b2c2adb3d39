/** How the owner likes to write, kept in this browser. @typedef {{ insist: boolean, undo: number }} Habits */
const place = 'calf.writing';

/** Seconds for which a post can be held back. */
export const undoTimes = [0, 5, 10, 30];

/** @returns {Habits} */
export function habits() {
  const usual = { insist: false, undo: 5 };
  try { return { ...usual, ...JSON.parse(localStorage.getItem(place) ?? '{}') }; } catch { return usual; }
}

/** @param {Partial<Habits>} change */
export function setHabit(change) {
  try { localStorage.setItem(place, JSON.stringify({ ...habits(), ...change })); } catch { /* this browser keeps nothing */ }
}
