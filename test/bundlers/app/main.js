import { work } from './work.js';

window.outcome = work();
