/** Drew the pictures beside it, with the hands that the tests draw with: `node examples/pictures/draw.mjs`. */

import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { digitRows } from '../../test/pictures/digit-rows.mjs';
import { drawnDigits } from '../../test/pictures/drawn-digits.mjs';
import { measuredNonDigits } from '../../test/pictures/non-digits.mjs';

const photo = drawnDigits(1, ['photo with a dark table at the border']).find(({ digit }) => digit === 3);
const row = digitRows(1).find(({ name, digits }) => name === 'white on a blue sign' && digits === '623');
const letter = measuredNonDigits(1).find(({ kind, name }) => kind === 'letter' && name === 'K');

for (const [name, { picture }] of Object.entries({ 'photo-of-a-3': photo, 'house-number': row, letter })) {
  const { width, height, data } = picture;
  writeFileSync(
    new URL(`${name}.png`, import.meta.url),
    encode({ width, height, data, channels: 4 }, { zlib: { level: 9 } }),
  );
}
