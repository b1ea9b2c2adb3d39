/** Length of a post as Mastodon counts it: an address is 23, the server of a mention is free, an emoji is one. */
export const urlLength = 23;
const address = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»”]/giu;
const mention = /(^|[^/\w])@(([\p{L}\p{N}_]+(?:[\p{L}\p{N}_.-]+[\p{L}\p{N}_]+)?)@[\p{L}\p{N}.-]+[\p{L}\p{N}]+)/giu;
const graphemes = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

/** @param {string} text @param {string} [warning] */
export function length(text, warning = '') {
  const counted = text.replace(address, 'x'.repeat(urlLength)).replace(mention, '$1@$3') + warning;
  if (!graphemes) return [...counted].length;
  let n = 0;
  for (const _ of graphemes.segment(counted)) n++;
  return n;
}
