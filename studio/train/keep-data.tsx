/** In a page that works without a network: keeps MNIST too, so that one can train there. Nothing elsewhere. */

import { useState } from 'preact/hooks';
import { ask } from '../conductor/client.js';
import { isKept } from '../service-worker/register.js';
import { messageOf } from '../shell/notices.js';

export function KeepData() {
  const [said, say] = useState<string>();
  if (!isKept.value) return null;
  const keep = async () => {
    say('Fetching 11 MB…');
    try {
      await ask('data', 'mnist', undefined);
      say('MNIST is kept: training works without a network.');
    } catch (error) {
      say(messageOf(error));
    }
  };
  return (
    <div class="row">
      <button type="button" onClick={() => void keep()}>
        Keep MNIST for offline use
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
