import { get } from './api.js';

/** The owner and the server's limits; filled before the first view is drawn. @type {{ me: any, limits: { characters: number }, instance: any }} */
export const session = { me: null, limits: { characters: 500 }, instance: null };

export async function start() {
  const [me, instance] = await Promise.all([get('/api/v1/accounts/verify_credentials'), get('/api/v2/instance')]);
  session.me = me;
  session.instance = instance;
  session.limits.characters = instance?.configuration?.statuses?.max_characters ?? 500;
}

/** @param {any} account */
export const isMe = account => account?.id === session.me?.id;

/** The whole handle, also of people on this server. @param {any} account */
export const fullHandle = account => account.acct.includes('@') ? `@${account.acct}` : `@${account.acct}@${session.instance?.domain ?? location.host}`;
