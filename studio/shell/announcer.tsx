/** What a screen reader says beside what has the focus: the last announcement, politely, and never two within a second. */

import { signal } from '@preact/signals';

const spoken = signal('');
let waiting: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Of announcements that come faster than they can be heard, the last one is said. */
export function announce(text: string): void {
  waiting = text;
  timer ??= setTimeout(speak, 50);
}

function speak(): void {
  if (waiting !== undefined) spoken.value = waiting;
  timer = waiting === undefined ? undefined : setTimeout(speak, 1000);
  waiting = undefined;
}

export function Announcer() {
  return (
    <div class="visually-hidden" aria-live="polite" data-testid="announcer">
      {spoken.value}
    </div>
  );
}
