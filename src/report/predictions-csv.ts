/** `predictions.csv`: the answer to every test image, as class indices. */

import { type Predictions, predictedClasses } from '../evaluation/predictions.js';
import { csvLine } from './csv.js';

/**
 * A line a test image, in their order: `index,actual,predicted,probability`. The probability is that of the answer,
 * with the nine digits that tell any two float32 numbers apart.
 */
export function predictionsCsv({ probabilities, labels }: Predictions): string {
  const classes = probabilities.shape[1];
  const lines = Array.from(predictedClasses(probabilities), (predicted, index) => {
    const probability = Number(probabilities.data[index * classes + predicted].toPrecision(9));
    return csvLine([index, labels[index], predicted, probability]);
  });
  return csvLine(['index', 'actual', 'predicted', 'probability']) + lines.join('');
}
