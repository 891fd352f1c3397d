/** Where the model is that ships with this package. The folder pretrained/ has what made it. */

import { platform } from '#platform';

/** Its folder. In a page that a bundler made there is none: serve the folder, and give its URL. */
export function pretrainedModel(): string {
  // Not a literal, which bundlers would take for a file that belongs into the page.
  const here = import.meta.url;
  return platform.pathOf(new URL('../../pretrained/', here));
}
