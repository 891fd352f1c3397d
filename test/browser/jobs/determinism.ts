/** In a page: the tiny job of test/determinism/, whose weights are pinned. */

import type { EngineOptions } from '../../../dist/index.js';
import { trainTinyJob } from '../../determinism/job.mjs';

export default async function run(engine: EngineOptions): Promise<string> {
  return trainTinyJob(engine);
}
