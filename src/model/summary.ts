/** A model as a table for people: layer, output shape, parameters, multiply-adds of one sample's forward pass. */

import { readOptions } from '../known-names.js';
import { formatShape, sizeOf } from '../numerics/tensor.js';
import { countParameters, type Model, weightsOf } from './model.js';

const integer = new Intl.NumberFormat('en-US');

/** Options of `Sequential.summary`. */
export interface SummaryOptions {
  /**
   * Columns that a line may take: where that is too few for a line a layer, each layer takes two. Default: as many as
   * needed.
   */
  readonly lineLength?: number | undefined;
}

export function formatSummary(model: Model, options: SummaryOptions = {}): string {
  readOptions('argument', 'summary', options, ['lineLength']);
  const { lineLength = Number.POSITIVE_INFINITY } = options;
  const rows = model.layers.map(({ layer, name, outputShape, weights, multiplyAdds }) => [
    `${name} (${layer.type})`,
    formatShape(outputShape),
    integer.format(weights.reduce((count, weight) => count + sizeOf(weight.shape), 0)),
    integer.format(multiplyAdds),
  ]);
  const header = ['Layer (type)', 'Output shape', 'Parameters', 'Multiply-adds'];
  const table = [header, ['input', formatShape(model.config.inputShape), '0', '0'], ...rows];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const widthFrom = (first: number) => widths.slice(first).reduce((sum, width) => sum + width + 2, -2);
  const isNarrow = widthFrom(0) > lineLength;
  const cells = (row: string[]) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])));
  const line = (row: string[]) => (isNarrow ? `${row[0]}\n  ${cells(row).slice(1).join('  ')}` : cells(row).join('  '));
  const rule = '-'.repeat(isNarrow ? Math.max(widths[0], 2 + widthFrom(1)) : widthFrom(0));
  const total = countParameters(model);
  const trainable = weightsOf(model)
    .filter((weight) => weight.trainable)
    .reduce((count, weight) => count + sizeOf(weight.shape), 0);
  const work = model.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  return [
    `Model "${model.config.name}"`,
    rule,
    line(table[0]),
    rule,
    ...table.slice(1).map(line),
    rule,
    `Parameters: ${integer.format(total)} (${integer.format(trainable)} trainable, ${integer.format((total * 4) / 1024)} KiB)`,
    `Multiply-adds: ${integer.format(work)} an image`,
  ].join('\n');
}
