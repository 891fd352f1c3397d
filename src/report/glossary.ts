/** Words of the report that a newcomer may not know, in a sentence or two; docs/glossary.md says more of each. */

import { type Html, html } from './html.js';

interface Entry {
  /** Of the entry in the page, and of its heading in docs/glossary.md. */
  readonly id: string;
  readonly word: string;
  readonly meaning: string;
}

export const glossary: readonly Entry[] = [
  {
    id: 'cross-entropy',
    word: 'Loss, cross-entropy, nats',
    meaning:
      'How surprised the network is by the right answers: the mean of −ln(probability of the right class). 0 is perfect; knowing nothing of ten ' +
      'classes is ln 10 = 2.3. Nats are its unit, as it is taken with the natural logarithm. The negative log-likelihood is the same.',
  },
  {
    id: 'wilson-interval',
    word: '95 % interval (Wilson)',
    meaning:
      'Other test images of the same kind would give a somewhat different accuracy. In 95 of 100 such tests an interval made in this way, ' +
      'by Wilson’s formula, holds the true one. The more images, the narrower it is.',
  },
  {
    id: 'precision-and-recall',
    word: 'Precision, recall, F1',
    meaning:
      'Precision: of the answers that named a class, the share that is right. Recall: of the images of a class, the share that was found. ' +
      'F1 is their harmonic mean, low where either is low.',
  },
  {
    id: 'macro-and-weighted-average',
    word: 'Macro and weighted average',
    meaning: 'The mean over the classes: macro counts each class the same, weighted counts it by its number of images.',
  },
  {
    id: 'expected-calibration-error',
    word: 'Expected calibration error (ECE)',
    meaning:
      'How far probabilities are from the truth: of answers with a probability of 80 % eight in ten should be right. It is the mean of that ' +
      'distance over all answers, in 15 bins by their probability. 0 is perfect.',
  },
  {
    id: 'temperature',
    word: 'Temperature',
    meaning:
      'One number that the network’s scores (logits) are divided by before they become probabilities. Above 1 it makes them more cautious, ' +
      'below 1 bolder; which answer is the most probable does not change.',
  },
  {
    id: 'logits',
    word: 'Logits',
    meaning:
      'What the last layer computes, a score for each class; softmax turns them into probabilities that add up to 1.',
  },
];

/** Of a page that compares runs. */
export const comparisonGlossary: readonly Entry[] = [
  ...glossary.filter(({ id }) => id === 'cross-entropy' || id === 'wilson-interval'),
  {
    id: 'mcnemars-test',
    word: 'McNemar’s test, p',
    meaning:
      'Whether two networks differ, by the images that one of them alone has right: each should have about half of them if they are equally good. ' +
      'p is how probable a difference as large, or a larger one, would be then. The smaller it is, the less it looks like chance.',
  },
  {
    id: 'standard-deviation',
    word: 'Standard deviation',
    meaning:
      'How far values lie from their mean: of many runs that differ in the seed alone about two in three lie no further off.',
  },
];

/** What each word means, as a list. */
export function glossaryList(entries: readonly Entry[] = glossary): Html {
  return html`<dl class="words">${entries.map(
    ({ id, word, meaning }) => html`
<div><dt id="word-${id}">${word}</dt><dd>${meaning}</dd></div>`,
  )}
</dl>`;
}

/**
 * A word of the glossary in the page's text: it leads to its entry, and says its meaning where a pointer rests on it.
 */
export function term(id: string, text: string): Html {
  const entry = [...glossary, ...comparisonGlossary].find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`The glossary has no entry "${id}".`);
  return html`<a class="term" href="#word-${id}" title="${entry.meaning}">${text}</a>`;
}
