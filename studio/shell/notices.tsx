/** Sentences about what went wrong, where there is no better place for them: each stays until it is closed. */

import { signal } from '@preact/signals';
import './notices.css';

interface Notice {
  readonly id: number;
  readonly text: string;
}

const notices = signal<readonly Notice[]>([]);
let last = 0;

/** The same sentence is shown once. */
export function notify(text: string): void {
  if (notices.peek().some((notice) => notice.text === text)) return;
  notices.value = [...notices.peek(), { id: ++last, text }];
}

/** Whatever was thrown, as a sentence. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function Notices() {
  return (
    <div class="notices" role="alert">
      {notices.value.map(({ id, text }) => (
        <div class="notice" key={id}>
          <p>{text}</p>
          <button
            type="button"
            aria-label="Close this message"
            onClick={() => {
              notices.value = notices.value.filter((notice) => notice.id !== id);
            }}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
