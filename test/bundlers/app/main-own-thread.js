import { setThreadWorker } from 'inkling';
import { work } from './work.js';

setThreadWorker(() => new Worker(new URL('./thread.js', import.meta.url), { type: 'module' }));
window.outcome = work();
