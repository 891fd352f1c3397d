/** Addresses, there and back. */

import { expect, test } from 'vitest';
import { formatAddress, gatherParameters, parseAddress } from './address.js';

test.each([
  ['', '#'],
  ['#draw', '#draw'],
  ['#train?epochs=3&seed=7', '#train?epochs=3&seed=7'],
  ['#train?lesson=first&epochs=3', '#train?epochs=3&lesson=first'],
  ['#train?hide=optimizer,seed&epochs=3', '#train?epochs=3&hide=optimizer,seed'],
  ['#train?hide=&epochs=3', '#train?epochs=3'],
])('%j is %j', (hash, same) => {
  expect(formatAddress(parseAddress(hash))).toBe(same);
});

test("the room's parameters and the page's are told apart", () => {
  const { room, parameters, page } = parseAddress('#train?epochs=3&lesson=first');
  expect([room, parameters.toString(), page.toString()]).toEqual(['train', 'epochs=3', 'lesson=first']);
});

test.each([
  ['', '#draw', '', '#draw'],
  ['?from=mail', '', '?from=mail', ''],
  ['?lesson=first', '', '', '#?lesson=first'],
  ['?lesson=first&from=mail', '#train?epochs=3', '?from=mail', '#train?epochs=3&lesson=first'],
  ['?lesson=first&hide=seed', '#draw?lesson=shift', '', '#draw?lesson=shift&hide=seed'],
])('%j before %j is put behind it', (search, hash, searchThen, hashThen) => {
  expect(gatherParameters(search, hash)).toEqual({ search: searchThen, hash: hashThen });
});
