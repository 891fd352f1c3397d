/** The kept digits by label, each with what was answered and a button that deletes it. */

import { announce } from '../shell/announcer.js';
import { PixelImage } from '../shell/pixel-image.js';
import type { OwnDigit } from '../state/database.js';
import { digitNames } from '../state/digit-names.js';
import { tuned } from './fine-tuning-state.js';
import { deleteDigits, imageSide } from './own-digits.js';
import './digit-gallery.css';

interface DigitGalleryProps {
  readonly digits: readonly OwnDigit[];
}

const shape = [imageSide, imageSide, 1];

export function DigitGallery({ digits }: DigitGalleryProps) {
  return (
    <div class="digit-gallery">
      {digitNames.map((name, label) => {
        const own = digits.filter((digit) => digit.label === label);
        return (
          <section key={name} aria-label={`Digit ${name}: ${own.length} kept`} class={own.length > 0 ? '' : 'empty'}>
            <h3>
              {name} <span class="hint number">{own.length}</span>
            </h3>
            {own.length > 0 ? (
              <ul>
                {own.map((digit) => (
                  <OneDigit key={digit.id} digit={digit} />
                ))}
              </ul>
            ) : (
              <p class="hint">none</p>
            )}
          </section>
        );
      })}
    </div>
  );
}

function OneDigit({ digit }: { readonly digit: OwnDigit }) {
  const { id, label, answer, time, image } = digit;
  const place = tuned.value?.digits.indexOf(digit) ?? -1;
  const now = place < 0 ? undefined : tuned.value!.after.ownAnswers[place];
  const date = new Date(time).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  const said = answer === null ? 'no answer' : `read as ${answer}`;
  const isWrong = answer !== String(label);
  return (
    <li class={isWrong ? 'wrong' : 'right'} title={`Drawn ${date}`}>
      <PixelImage pixels={image} shape={shape} label={`A ${label}, drawn ${date}`} />
      <span class="said">
        {answer === null ? 'no answer' : `read ${answer}`} {isWrong ? '✗' : '✓'}
      </span>
      {now === undefined ? null : (
        <span class="said">
          now {now} {now === label ? '✓' : '✗'}
        </span>
      )}
      <button
        type="button"
        aria-label={`Delete this ${label}, ${said}`}
        onClick={async () => {
          await deleteDigits([id]);
          announce(`A ${label} was deleted`);
        }}
      >
        ×
      </button>
    </li>
  );
}
