import { expect, test } from 'vitest';
import { sampleProfile } from '../../test/fixtures/profile.js';
import { formatTrainingProfile } from './profile-table.js';

test('a row a part, with a total', () => {
  expect(formatTrainingProfile(sampleProfile)).toBe(`2,150 steps, 275,000 images, 5.50 s on 2 threads
                               µs/image  seconds  GFLOP/s    share
------------------------------------------------------------------
dense + relu         forward       5.00    1.375     40.1   25.0 %
                     backward     10.00    2.750     40.1   50.0 %
loss                               0.50    0.138             2.5 %
waiting at barriers                2.50    0.688            12.5 %
between the calls                  2.00    0.550            10.0 %
------------------------------------------------------------------
total                             20.00    5.500           100.0 %
Times are the mean over the threads: the rows add up to the wall time of the steps.
GFLOP/s are dense, of all threads together: they count the work as if nothing were left out.
Winograd's algorithm and sparse ways back can pass the peak of the machine.`);
});

test('one step of one image on one thread', () => {
  const [line] = formatTrainingProfile({ ...sampleProfile, steps: 1, images: 1, threads: 1 }).split('\n');
  expect(line).toBe('1 step, 1 image, 5.50 s on 1 thread');
});
