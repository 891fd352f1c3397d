/** How probable each class is, a bar each. */

import './probability-bars.css';

interface ProbabilityBarsProps {
  readonly classNames: readonly string[];
  /** null where there is nothing to read. */
  readonly probabilities: readonly number[] | null;
}

export function ProbabilityBars({ classNames, probabilities }: ProbabilityBarsProps) {
  const highest = probabilities ? Math.max(...probabilities) : 0;
  return (
    <table class="bars" aria-label="Probability of each digit">
      <tbody>
        {classNames.map((name, index) => {
          const probability = probabilities?.[index];
          return (
            <tr key={name} class={probability !== undefined && probability === highest ? 'best' : undefined}>
              <th scope="row">{name}</th>
              <td class="bar" aria-hidden="true">
                <span style={{ width: `${100 * (probability ?? 0)}%` }} />
              </td>
              <td class="value">{probability === undefined ? '–' : percentOf(probability)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Never 100 % of what is not certain. */
export function percentOf(probability: number): string {
  if (probability > 0.9999) return '> 99.9 %';
  return `${(100 * probability).toFixed(1)} %`;
}
