/**
 * Starts the service worker of the static build, and loads the page once more where that brings it the headers of
 * isolation: only what a service worker has answered is isolated.
 */

import { signal } from '@preact/signals';

/** Whether the page is kept for when there is no network. */
export const isKept = signal(false);

/** That the page was loaded anew for the sake of isolation: where that has not helped, it is not done again. */
const reloaded = 'inkling-studio-reloaded';

/**
 * Does nothing where the browser has no service workers, such as in a private window of some.
 * @param mayReload asked when the service worker is there, which may be some time later: whether nothing would be lost;
 * else the page is isolated from the next visit on
 */
export async function startServiceWorker(mayReload: () => boolean): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('./service-worker.js', { scope: './' });
    await navigator.serviceWorker.ready;
  } catch {
    return;
  }
  isKept.value = true;
  if (crossOriginIsolated) rememberReload(false);
  else if (mayReload() && rememberReload(true)) location.reload();
}

/** @returns whether that is new; where the browser keeps nothing, it counts as old, lest the page loads for ever */
function rememberReload(has: boolean): boolean {
  try {
    const before = sessionStorage.getItem(reloaded) !== null;
    if (has) sessionStorage.setItem(reloaded, 'yes');
    else sessionStorage.removeItem(reloaded);
    return has && !before;
  } catch {
    return false;
  }
}
