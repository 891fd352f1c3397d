/** The workloads in the order of their numbers. */

import * as coldStart from './cold-start.mjs';
import * as fastRecipe from './fast-recipe.mjs';
import * as inference from './inference.mjs';
import * as installedSize from './installed-size.mjs';
import * as kernels from './kernels.mjs';
import * as shapes from './shapes.mjs';
import * as studio from './studio.mjs';
import * as timeToAccuracy from './time-to-accuracy.mjs';
import * as training from './training.mjs';
import * as wholeJob from './whole-job.mjs';

/** Each has its samples' `name`, `run(bench)`, and `tables(samples)` for table.mjs. */
export const workloads = [
  training,
  timeToAccuracy,
  inference,
  wholeJob,
  kernels,
  coldStart,
  installedSize,
  shapes,
  fastRecipe,
  studio,
];
