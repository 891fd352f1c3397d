/** JSON that is the same for equal data, whatever the order of its keys; what fingerprints are taken of. */

import { sha256 } from '../numerics/sha256.js';

export function canonicalJson(data: unknown): string {
  return JSON.stringify(data, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** SHA-256 of the data, in hexadecimal. */
export function fingerprint(data: unknown): Promise<string> {
  return sha256(new TextEncoder().encode(canonicalJson(data)));
}
