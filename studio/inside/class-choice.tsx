/** The values of a stage that has one for each class, with the class's name; one of them is looked at. */

import { announce } from '../shell/announcer.js';
import { formatNumber } from './numbers.js';
import type { Place } from './place.js';
import type { Stage } from './stages.js';
import './class-choice.css';

interface ClassChoiceProps {
  readonly stage: Stage;
  readonly classNames: readonly string[];
  /** The class that is looked at. */
  readonly label: number;
  readonly onChoose: (place: Place) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export function ClassChoice({ stage: { values, name }, classNames, label, onChoose }: ClassChoiceProps) {
  const choose = (map: number) => onChoose({ row: 0, column: 0, map });
  const press = (event: KeyboardEvent) => {
    const next = label + (steps[event.key] ?? 0);
    if (!(event.key in steps) || next < 0 || next >= values.length) return;
    choose(next);
    announce(`${classNames[next]}: ${formatNumber(values[next])}`);
    event.preventDefault();
  };
  return (
    <fieldset class="class-choice" onKeyDown={press}>
      <legend class="visually-hidden">Class in {name}: arrow keys choose another</legend>
      {Array.from(values, (value, map) => (
        <button key={classNames[map]} type="button" aria-pressed={map === label} onClick={() => choose(map)}>
          <strong>{classNames[map]}</strong>
          <span class="number">{formatNumber(value, 3)}</span>
        </button>
      ))}
    </fieldset>
  );
}
