/** The topics that the conductor answers: one file each. */

import { data } from './data.js';

export const topics = { data };

export type Topics = typeof topics;
