/** One tab of the studio trains at a time: two would share the cores, and the place where a training is kept. */

/** Both the lock that a tab holds while it trains, and the channel on which it says that it begins. */
const name = 'inkling-studio-training';

export const claimedElsewhere =
  'Another tab of the studio trains a network. One trains at a time, so that each has all the threads: wait for its end, or stop it there.';

/**
 * Claims the right to train. It ends with the page, whatever happens to that.
 * @returns lets go of it
 * @throws where another tab has it
 */
export async function claimTraining(): Promise<() => void> {
  // Pages that come without https, from another machine, have no locks.
  if (!navigator.locks) return () => {};
  const release = await new Promise<(() => void) | undefined>((resolve, reject) => {
    const hold = (lock: Lock | null) =>
      lock ? new Promise<void>((letGo) => resolve(() => letGo())) : resolve(undefined);
    navigator.locks.request(name, { ifAvailable: true }, hold).catch(reject);
  });
  if (!release) throw new Error(claimedElsewhere);
  const channel = new BroadcastChannel(name);
  channel.postMessage('begins');
  channel.close();
  return release;
}

/** Whether a tab trains, this one or another. */
export async function isTrainingClaimed(): Promise<boolean> {
  const { held } = (await navigator.locks?.query()) ?? {};
  return held?.some((lock) => lock.name === name) ?? false;
}

/** Resolves when no tab trains any more. */
export async function trainingUnclaimed(): Promise<void> {
  await navigator.locks?.request(name, { mode: 'shared' }, () => {});
}

/** Calls when a tab begins to train. @returns ends it */
export function onTrainingClaimed(listener: () => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = listener;
  return () => channel.close();
}
