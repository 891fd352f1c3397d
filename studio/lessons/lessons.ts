/** The lessons: what each step says, and how it sets the page up. */

import { first } from './first-lesson.js';
import { overfitting, pooling, shift } from './short-lessons.js';

/** A button of a step: enters a room, and fills in the settings of a training where it says some. */
export interface SetUp {
  readonly label: string;
  readonly room: 'draw' | 'train' | 'inside' | 'results';
  /** As in the address, behind the question mark. */
  readonly settings?: string;
}

export interface Step {
  readonly title: string;
  /** What to do, what to look for, and why: a sentence or two each. */
  readonly text: readonly string[];
  readonly setUps: readonly SetUp[];
}

export interface Lesson {
  readonly title: string;
  readonly steps: readonly Step[];
}

export const lessons: Readonly<Record<string, Lesson>> = { first, overfitting, pooling, shift };

/**
 * A lesson by its name in the address, without the steps whose rooms are all hidden: nothing could be done there.
 * @param rooms the rooms that are shown
 * @throws Error with a sentence where there is none
 */
export function lessonNamed(name: string, rooms: readonly string[]): Lesson {
  if (!Object.hasOwn(lessons, name)) {
    throw new Error(`The address says lesson=${name}: expected one of ${Object.keys(lessons).join(', ')}.`);
  }
  const { title, steps } = lessons[name];
  const left = steps
    .map((step) => ({ ...step, setUps: step.setUps.filter(({ room }) => rooms.includes(room)) }))
    .filter(({ setUps }) => setUps.length > 0);
  if (left.length === 0) {
    throw new Error(
      `The address hides every room of the lesson "${title}": show one of them, or leave the lesson out.`,
    );
  }
  return { title, steps: left };
}
