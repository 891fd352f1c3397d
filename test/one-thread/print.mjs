/**
 * Prints all of job.mjs on this host as JSON, without the globals that hosts without shared memory lack, and which kinds
 * of memory it took.
 */

delete globalThis.SharedArrayBuffer;
delete globalThis.Atomics;
const { Memory } = WebAssembly;
const shared = [];
WebAssembly.Memory = class extends Memory {
  constructor(descriptor) {
    super(descriptor);
    shared.push(descriptor.shared === true);
  }
};

const { askForThreads, useModels, workAlong } = await import('./job.mjs');
const told = await askForThreads();
console.log(JSON.stringify({ ...(await useModels()), ...(await workAlong()), ...told, shared }));
