/** A lesson beside the room, or at its foot: a step at a time, each a card. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { notify } from '../shell/notices.js';
import type { Room } from '../shell/rooms.js';
import { openLesson, shownRooms } from '../shell/route.js';
import { keepStep, keptStep } from './kept-step.js';
import { type Lesson as Content, lessonNamed } from './lessons.js';
import { StepCard } from './step-card.js';
import './lesson.css';

export function Lesson({ name }: { readonly name: string }) {
  const rooms = shownRooms.value;
  const found = useMemo(() => find(name, rooms), [name, rooms]);
  useEffect(() => {
    if (!(found instanceof Error)) return;
    notify(found.message);
    openLesson(undefined);
  }, [found]);
  return found instanceof Error ? null : <Steps name={name} {...found} />;
}

/** The lesson as far as its rooms are there, or why there is none. */
function find(name: string, rooms: readonly Room[]): Content | Error {
  try {
    return lessonNamed(
      name,
      rooms.map(({ id }) => id),
    );
  } catch (error) {
    return error as Error;
  }
}

function Steps({ name, title, steps }: Content & { readonly name: string }) {
  const [at, setAt] = useState(() => keptStep(name, steps.length));
  const [isFolded, setIsFolded] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [at]);
  const go = (step: number) => {
    keepStep(name, step);
    setIsFolded(false);
    setAt(step);
  };
  const close = () => {
    openLesson(undefined);
    document.getElementById('open-lesson')?.focus();
  };
  const isLast = at === steps.length - 1;
  return (
    <aside
      class="lesson"
      aria-label={`Lesson: ${title}`}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <StepCard
        key={at}
        step={steps[at]}
        heading={heading}
        progress={`${title}: ${at + 1} of ${steps.length}`}
        isFolded={isFolded}
        onFold={setIsFolded}
        onBack={at === 0 ? undefined : () => go(at - 1)}
        onNext={isLast ? undefined : () => go(at + 1)}
        onClose={close}
        onFinish={() => {
          keepStep(name, 0);
          close();
        }}
      />
    </aside>
  );
}
