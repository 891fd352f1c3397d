/** A module that is loaded when it is first wanted, so that the first screen does without it. */

import { useEffect, useState } from 'preact/hooks';
import { messageOf, notify } from './notices.js';

/** @returns undefined until it has come; that it did not come is told */
export function useLoaded<Module>(isWanted: boolean, load: () => Promise<Module>): Module | undefined {
  const [module, setModule] = useState<Module>();
  useEffect(() => {
    if (isWanted) {
      load().then(setModule, (error) => notify(`A part of the page could not be loaded: ${messageOf(error)}`));
    }
  }, [isWanted]);
  return module;
}
