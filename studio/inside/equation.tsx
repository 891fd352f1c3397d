/** Numbers under one another with what each is, as in adding up by hand. */

import { formatSmall } from './numbers.js';

interface EquationProps {
  readonly lines: readonly EquationLine[];
}

export interface EquationLine {
  readonly value: number;
  readonly name: string;
  /** Whether it is what the lines above come to. */
  readonly isTotal?: boolean;
  /** For tests: which number it is. */
  readonly id?: string;
}

export function Equation({ lines }: EquationProps) {
  return (
    <dl class="equation">
      {lines.flatMap(({ value, name, isTotal, id }) => [
        <dt key={`${name} value`} class={isTotal ? 'total' : undefined} data-testid={id}>
          {formatSmall(value)}
        </dt>,
        <dd key={name} class={isTotal ? 'total' : undefined}>
          {name}
        </dd>,
      ])}
    </dl>
  );
}
