/** Files by their URLs, as pages have all of theirs and Node may have some. */

import { InklingError } from '../errors.js';

export async function readFile(path: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError(
      'file',
      `Cannot read ${path}: ${reason}. Check the URL and the connection; files of another origin need its permission (CORS).`,
      { cause },
    );
  }
  if (!response.ok) {
    throw new InklingError(
      'file',
      `Cannot read ${path}: the server answers ${`${response.status} ${response.statusText}`.trim()}. ` +
        'Check the URL; that of a folder ends in "/".',
    );
  }
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new InklingError('file', `Cannot read ${path}: the connection broke off. Try again.`, { cause });
  }
}

/**
 * Absolute URLs, relative ones being taken from where the page or the worker is. The query of all but the last is
 * dropped.
 */
export function joinPath(...parts: string[]): string {
  const [first, ...others] = parts;
  try {
    return others.reduce((base, part) => {
      const folder = new URL(base);
      folder.search = '';
      folder.hash = '';
      if (!folder.pathname.endsWith('/')) folder.pathname += '/';
      return new URL(part, folder).href;
    }, new Request(first).url);
  } catch (cause) {
    throw new InklingError('file', `There is nothing beside ${first}: expected a URL with a path, such as https://.`, {
      cause,
    });
  }
}
