/** The room of the digits that were kept with their right labels: looked at, taken elsewhere, trained on. */

import { useEffect } from 'preact/hooks';
import { RoomLink } from '../shell/room-link.js';
import { ArchiveButtons } from './archive-buttons.js';
import { DigitGallery } from './digit-gallery.js';
import { FineTuning } from './fine-tuning.js';
import { loadOwnDigits, ownCounts, ownDigits } from './own-digits.js';
import './own-room.css';

/** Of each class; with fewer a network hears little of somebody's hand. */
const enough = 3;

export default function OwnRoom() {
  useEffect(() => void loadOwnDigits(), []);
  const digits = ownDigits.value;
  if (!digits) return null;
  return (
    <div class="own-room">
      <section class="card stack" aria-label="My digits">
        <h2>
          My digits{' '}
          <span class="hint number" data-testid="own-count">
            {digits.length}
          </span>
        </h2>
        <p>{hintFor(digits.length, ownCounts.value)}</p>
        <ArchiveButtons digits={digits} />
        <DigitGallery digits={digits} />
      </section>
      {digits.length > 0 ? <FineTuning digits={digits} /> : null}
    </div>
  );
}

function hintFor(total: number, counts: readonly number[]) {
  if (total === 0) {
    return (
      <>
        None yet. <RoomLink room="draw">Draw</RoomLink> a digit and say what it is: "That was wrong", or "Right: keep
        it". They stay in this browser and are sent nowhere. Three of each digit are enough to begin.
      </>
    );
  }
  const few = counts.flatMap((count, label) => (count < enough ? [`${label} (${enough - count} more)`] : []));
  return few.length === 0
    ? 'Three of each digit or more: enough to train on. The more of those that it reads wrongly, the better.'
    : `Three of each digit are enough to begin. Still to draw: ${few.join(', ')}. Training goes with what is there, too.`;
}
