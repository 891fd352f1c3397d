/** The history: its series, CSV, and JSON out and in. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpochLogs, History, historyFromData, historyToCsv } from './history.js';

const first: EpochLogs = {
  epoch: 1,
  loss: 0.5,
  accuracy: 0.75,
  valLoss: 0.25,
  valAccuracy: 0.875,
  learningRate: 0.001,
  seconds: 2,
  imagesPerSecond: 100,
};
const second: EpochLogs = {
  epoch: 2,
  loss: 0.125,
  accuracy: 1,
  learningRate: 1e-7,
  seconds: 1.5,
  imagesPerSecond: 200,
};

describe('History', () => {
  it('gives one value of all epochs', () => {
    const history = new History([first, second]);
    expect(history.series('epoch')).toEqual([1, 2]);
    expect(history.series('loss')).toEqual([0.5, 0.125]);
    expect(history.series('valLoss')).toEqual([0.25, undefined]);
    expect(new History().series('loss')).toEqual([]);
  });

  it('may begin late, as a resumed training does, but must go on', () => {
    expect(new History([{ ...second, epoch: 7 }]).series('epoch')).toEqual([7]);
    expect(() => new History([first, first])).toThrow(
      'epoch numbers must be integers that rise, from 1 on. Received: 1, 1.',
    );
    expect(() => new History([{ ...first, epoch: 0 }])).toThrow('Received: 0.');
    expect(() => new History([{ ...first, epoch: Number.NaN }])).toThrow('Received: NaN.');
  });

  it('does not change with the list it was made from', () => {
    const epochs = [first];
    const history = new History(epochs);
    epochs.push(second);
    expect(history.epochs).toEqual([first]);
  });
});

describe('historyToCsv', () => {
  it('has a row for each epoch and empty cells where a value is missing', () => {
    expect(historyToCsv(new History([first, second]))).toBe(
      'epoch,loss,accuracy,valLoss,valAccuracy,learningRate,seconds,imagesPerSecond\n' +
        '1,0.5,0.75,0.25,0.875,0.001,2,100\n' +
        '2,0.125,1,,,1e-7,1.5,200\n',
    );
  });

  it('keeps a zero apart from a missing value', () => {
    expect(historyToCsv(new History([{ ...first, valAccuracy: 0, loss: Number.NaN }]))).toContain(
      '\n1,NaN,0.75,0.25,0,0.001,2,100\n',
    );
  });
});

describe('historyFromData', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const logs = fc.record(
    {
      loss: number,
      accuracy: number,
      valLoss: number,
      valAccuracy: number,
      learningRate: number,
      seconds: number,
      imagesPerSecond: number,
    },
    { requiredKeys: ['loss', 'accuracy', 'learningRate', 'seconds', 'imagesPerSecond'] },
  );

  it('gives back what was stored', () => {
    fc.assert(
      fc.property(fc.array(logs), fc.nat(100), (list, start) => {
        const history = new History(list.map((entry, index) => ({ ...entry, epoch: start + index + 1 })));
        expect(historyFromData(JSON.parse(JSON.stringify(history)), 'history.json').epochs).toEqual(history.epochs);
      }),
    );
  });

  it('reads null as NaN', () => {
    const stored = JSON.stringify(new History([{ ...first, loss: Number.NaN, valLoss: Number.POSITIVE_INFINITY }]));
    const [{ loss, valLoss }] = historyFromData(JSON.parse(stored), 'history.json').epochs;
    expect([loss, valLoss]).toEqual([Number.NaN, Number.NaN]);
  });

  it.each([
    [null, 'history.json: expected an object { "epochs": [...] } as a history.'],
    [{ epochs: {} }, 'expected an object'],
    [{ epochs: [1] }, 'history.json: "epochs"[0] must be an object.'],
    [{ epochs: [first, { ...second, f1: 1 }] }, 'history.json: "epochs"[1] has an unknown value "f1".'],
    [{ epochs: [{ ...first, loss: '0.5' }] }, 'history.json: "epochs"[0].loss must be a number. Received: "0.5".'],
    [{ epochs: [{ ...first, seconds: undefined }] }, '"epochs"[0].seconds must be a number. Received: undefined.'],
    [{ epochs: [{ ...first, valLoss: 'low' }] }, '"epochs"[0].valLoss must be a number.'],
    [{ epochs: [{ ...first, epoch: null }] }, '"epochs"[0].epoch must be a number. Received: null.'],
    [{ epochs: [first, first] }, 'history.json: history: epoch numbers must be integers that rise'],
  ])('refuses %j', (data, message) => {
    const read = () => historyFromData(data, 'history.json');
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'file' }));
  });
});
