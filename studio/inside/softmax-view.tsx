/** Softmax with its numbers: the logit of each class, its exponential, its share of all. */

import { percentOf } from '../draw/probability-bars.js';
import type { SoftmaxDerivation } from './derivations/derivation.js';
import { Equation } from './equation.js';
import { formatNumber, formatSmall } from './numbers.js';

interface SoftmaxViewProps {
  readonly derivation: SoftmaxDerivation;
  readonly classNames: readonly string[];
}

export function SoftmaxView({ derivation, classNames }: SoftmaxViewProps) {
  const { index, terms, largest, temperature, sum, value } = derivation;
  const divided = temperature === 1 ? '' : ` / ${formatNumber(temperature, 3)}`;
  return (
    <div class="derivation">
      <p class="hint">
        The largest logit, {formatNumber(largest)}, is taken from each, which changes no share
        {temperature === 1
          ? ''
          : `, and the rest is divided by the temperature ${formatNumber(temperature, 3)}, which was found on validation images so that the probabilities are as often right as they say`}
        .
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Softmax of each class">
        <table class="terms number">
          <thead>
            <tr>
              <th scope="col">class</th>
              <th scope="col">logit</th>
              <th scope="col">exp((logit − largest){divided})</th>
              <th scope="col">share</th>
            </tr>
          </thead>
          <tbody>
            {terms.map((term) => (
              <tr key={term.index} class={term.index === index ? 'chosen' : undefined}>
                <th scope="row">{classNames[term.index]}</th>
                <td>{formatNumber(term.logit)}</td>
                <td>{formatSmall(term.exponential)}</td>
                <td>{percentOf(term.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Equation
        lines={[
          { value: terms[index].exponential, name: `exponential of ${classNames[index]}`, id: 'part' },
          { value: sum, name: 'all exponentials together', id: 'sum' },
          { value, name: 'the value: the first divided by the second', isTotal: true, id: 'value' },
        ]}
      />
    </div>
  );
}
