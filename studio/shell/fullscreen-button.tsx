/** The page over the whole screen, for a lecture; nothing where the browser cannot. */

import { useEffect, useState } from 'preact/hooks';
import { messageOf, notify } from './notices.js';

export function FullscreenButton() {
  const [isFull, setIsFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => setIsFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const name = isFull ? 'Leave full screen' : 'Full screen';
  const toggle = () => (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  return (
    <button
      type="button"
      class="round"
      aria-label={name}
      title={name}
      onClick={() => void toggle().catch((error) => notify(`Full screen was not possible: ${messageOf(error)}`))}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path
          d={
            isFull
              ? 'M6 1.5V6H1.5M10 1.5V6h4.5M6 14.5V10H1.5M10 14.5V10h4.5'
              : 'M1.5 6V1.5H6M10 1.5h4.5V6M1.5 10v4.5H6M10 14.5h4.5V10'
          }
          fill="none"
          stroke="currentColor"
          stroke-width="1.8"
        />
      </svg>
    </button>
  );
}
