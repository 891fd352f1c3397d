/** `inkling runs`: the runs of a folder, a line each. */

import { InklingError } from '../errors.js';
import { duration, percent } from '../report/number-format.js';
import { runsFolder } from './latest-run.js';
import type { Output } from './output.js';
import { listRuns, type RunEntry, sortedRuns } from './run-entries.js';
import type { RunOrder } from './run-orders.js';
import { printable } from './terminal-text.js';
import { textTable } from './text-table.js';

export interface RunsOptions {
  readonly sort: RunOrder;
}

const nothing = '–';

/**
 * @param folder default `runs/`
 * @throws InklingError (argument) where there is no such folder, (file) where it cannot be listed
 */
export async function runs(folder: string | undefined, { sort }: RunsOptions, output: Output): Promise<void> {
  const parent = folder ?? runsFolder;
  const found = await listRuns(parent);
  if (found === undefined && folder !== undefined) {
    throw new InklingError('argument', `${folder}: there is no such folder. Give one that has runs in it.`);
  }
  const entries = sortedRuns(found ?? [], sort);
  for (const entry of entries) output.event({ event: 'run', ...entry });
  if (entries.length === 0) {
    output.text(`There are no runs in ${parent}. "inkling train" makes one.`);
    return;
  }
  const { header, lines } = textTable(
    ['run', 'model', 'epochs', 'state', 'validation', 'test', 'time', 'started (UTC)'],
    entries.map(cellsOf),
    (column) => [2, 4, 5, 6].includes(column),
  );
  output.text(output.style('bold', header));
  lines.forEach((line, index) => {
    output.result(line);
    const { note } = entries[index];
    if (note !== null) output.result(`  ${printable(note)}`);
  });
}

function cellsOf(run: RunEntry): string[] {
  const { name, model, epochs, requestedEpochs, state, valAccuracy, testAccuracy, trainSeconds, startedAt } = run;
  const share = (fraction: number | null) => (fraction === null ? nothing : percent(fraction));
  return [
    printable(name),
    model === null ? nothing : printable(model),
    epochs === null ? nothing : requestedEpochs === null ? `${epochs}` : `${epochs}/${requestedEpochs}`,
    state,
    share(valAccuracy),
    share(testAccuracy),
    trainSeconds === null ? nothing : duration(trainSeconds),
    startedAt === null ? nothing : startedAt.slice(0, 16).replace('T', ' '),
  ];
}
