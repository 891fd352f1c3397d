/** The topics that the conductor answers: one file each. */

import { data } from './data.js';
import { inside } from './inside.js';
import { training } from './training.js';

export const topics = { data, inside, training };

export type Topics = typeof topics;
