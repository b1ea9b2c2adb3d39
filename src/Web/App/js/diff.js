/** Beyond this many pairs of words a comparison would be felt; then all of the old is out and all of the new is in. */
const mostPairs = 4_000_000;

/**
 * What became of a text, word by word.
 * @typedef {{ kind: 'same' | 'out' | 'in', text: string }} Piece
 * @param {string} before @param {string} after @returns {Piece[]}
 */
export function difference(before, after) {
  const [a, b] = [before, after].map(text => text.match(/\s+|[\p{L}\p{N}_@#'’-]+|./gsu) ?? []);
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return join([...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)]);
}

/** @param {string} text @returns {Piece} */
const same = text => ({ kind: 'same', text });

/** By the longest common subsequence. @param {string[]} a @param {string[]} b @returns {Piece[]} */
function between(a, b) {
  /** @type {Piece[]} */ const found = [];
  if (a.length * b.length > mostPairs) return [{ kind: 'out', text: a.join('') }, { kind: 'in', text: b.join('') }];
  const width = b.length + 1, longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) longest[i * width + j] = a[i] === b[j] ? longest[(i + 1) * width + j + 1] + 1 : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
  }
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { found.push(same(a[i++])); j++; }
    else if (i < a.length && (j === b.length || longest[(i + 1) * width + j] >= longest[i * width + j + 1])) found.push({ kind: 'out', text: a[i++] });
    else found.push({ kind: 'in', text: b[j++] });
  }
  return found;
}

/** Neighbours of one kind become one; a lone gap between two changes belongs to them. @param {Piece[]} pieces @returns {Piece[]} */
function join(pieces) {
  /** @type {Piece[]} */ const joined = [];
  let out = '', added = '';
  const flush = () => {
    if (out) joined.push({ kind: 'out', text: out });
    if (added) joined.push({ kind: 'in', text: added });
    out = added = '';
  };
  pieces.forEach(({ kind, text }, index) => {
    const gap = kind === 'same' && /^ $/.test(text) && out && added && pieces[index + 1] && pieces[index + 1].kind !== 'same';
    if (kind === 'out' || gap) out += text;
    if (kind === 'in' || gap) added += text;
    if (kind !== 'same' || gap) return;
    flush();
    if (joined.at(-1)?.kind === 'same') joined[joined.length - 1].text += text;
    else joined.push({ kind, text });
  });
  flush();
  return joined;
}
