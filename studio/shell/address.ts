/** An address behind its `#`, taken apart: the room, the room's parameters, and those of the whole page. */

/** They stay when another room is entered. */
const pageNames = ['lesson', 'hide'] as const;

export interface Address {
  readonly room: string;
  readonly parameters: URLSearchParams;
  /** Parameters of the page. */
  readonly page: URLSearchParams;
}

export function parseAddress(hash: string): Address {
  const [room, ...rest] = hash.replace(/^#/, '').split('?');
  const parameters = new URLSearchParams(rest.join('?'));
  const page = new URLSearchParams();
  for (const name of pageNames) {
    const value = parameters.get(name);
    parameters.delete(name);
    if (value) page.set(name, value);
  }
  return { room, parameters, page };
}

/** Commas stay commas, as people write them. */
export function formatAddress({ room, parameters, page }: Address): string {
  const text = new URLSearchParams([...parameters, ...page]).toString().replaceAll('%2C', ',');
  return `#${room}${text ? `?${text}` : ''}`;
}

/**
 * Parameters of the page may stand before the `#` too, where other programs put them: `?lesson=first#train`.
 * @returns the same with all of them behind it, where those that stand there already hold
 */
export function gatherParameters(search: string, hash: string): { search: string; hash: string } {
  const before = new URLSearchParams(search);
  const address = parseAddress(hash);
  if (!pageNames.some((name) => before.has(name))) return { search, hash };
  for (const name of pageNames) {
    const value = before.get(name);
    before.delete(name);
    if (value && !address.page.has(name)) address.page.set(name, value);
  }
  const rest = before.toString();
  return { search: rest ? `?${rest}` : '', hash: formatAddress(address) };
}
