/** What a screen reader says beside what has the focus: the last announcement, politely, and never two within a second. */

import { signal } from '@preact/signals';

const spoken = signal('');
let waiting: string | undefined;
let isResting = false;

/** Of announcements that come faster than they can be heard, the last one is said. */
export function announce(text: string): void {
  waiting = text;
  if (!isResting) speak();
}

function speak(): void {
  isResting = waiting !== undefined;
  if (waiting === undefined) return;
  spoken.value = waiting;
  waiting = undefined;
  setTimeout(speak, 1000);
}

export function Announcer() {
  return (
    <div class="visually-hidden" aria-live="polite" data-testid="announcer">
      {spoken.value}
    </div>
  );
}
