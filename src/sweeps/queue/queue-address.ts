/** Where a queue is, and what of that may be shown: a password never. */

import { InklingError } from '../../errors.js';

export interface QueueAddress {
  /** With user and password. */
  readonly url: string;
  readonly kind: 'redis' | 'postgres';
  /** Without them, for people. */
  readonly shown: string;
}

const kinds: Readonly<Record<string, QueueAddress['kind']>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/** @throws InklingError (argument), in which no part of the address is repeated that may be a password */
export function queueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = url && kinds[url.protocol];
  if (url === undefined || kind === undefined || url.hostname === '') {
    throw new InklingError(
      'argument',
      '--queue: expected an address such as redis://host:6379, rediss://host:6380 or postgres://user:password@host/database.',
    );
  }
  return { url: text, kind, shown: `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}` };
}

/** A text, such as an error's, without the address's user and password. */
export function withoutSecrets(text: string, { url, shown }: QueueAddress): string {
  const { password, username } = new URL(url);
  const secrets = [password, decodeURIComponent(password), username && password ? `${username}:${password}` : ''];
  const hidden = secrets
    .filter(Boolean)
    .reduce((so, secret) => so.replaceAll(secret, '***'), text.replaceAll(url, shown));
  return hidden;
}

/** A server that is away says so ten times a second. */
export function onceEach(say: (message: string) => void): (message: string) => void {
  let last = '';
  return (message) => {
    if (message === last || message === '') return;
    last = message;
    say(message);
  };
}
