import { h, icon } from './dom.js';
import { t } from './i18n.js';

/** A film or a sound, or the way to a file that is neither. @param {any} one */
export function player(one) {
  if (one.type === 'audio') return h('audio', { controls: true, preload: 'none', src: one.url, 'aria-label': one.description });
  if (one.type === 'video') return h('video', { controls: true, preload: 'none', src: one.url, poster: one.preview_url, playsinline: true, 'aria-label': one.description });
  if (one.type === 'gifv') return h('video', { controls: true, loop: true, muted: true, playsinline: true, preload: 'metadata', src: one.url, poster: one.preview_url, 'aria-label': one.description });
  return h('a', { class: 'covered', href: one.remote_url || one.url, target: '_blank', rel: 'noopener noreferrer' }, icon('out'), t('Open the file'));
}
