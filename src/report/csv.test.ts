import { describe, expect, it } from 'vitest';
import { confusionMatrixCsv } from './confusion-matrix-csv.js';
import { csvLine } from './csv.js';
import { predictionsCsv } from './predictions-csv.js';

describe('csvLine', () => {
  it('quotes as RFC 4180 does, and only where it must', () => {
    expect(csvLine(['a', 1.5, ''])).toBe('a,1.5,\n');
    expect(csvLine(['a,b', 'say "a"', 'two\nlines', 'two\rlines', ' space '])).toBe(
      '"a,b","say ""a""","two\nlines","two\rlines", space \n',
    );
  });
});

describe('a formula', () => {
  it.each(['=cmd()', '+A1', '-A1+B1', '@SUM(A1)', '\t=1', '＝1', '=', '-', '--1'])(
    '%j is text to a spreadsheet',
    (text) => {
      expect(csvLine([text, 1])).toBe(`'${text},1\n`);
    },
  );

  it('is quoted besides where it must be', () => {
    expect(csvLine(['=HYPERLINK("http://x","y")'])).toBe(`"'=HYPERLINK(""http://x"",""y"")"\n`);
    expect(csvLine(['\r=1'])).toBe(`"'\r=1"\n`);
    expect(confusionMatrixCsv([[1]], ['=cmd()'])).toBe("actual / predicted,'=cmd()\n'=cmd(),1\n");
  });

  it('is not a number, and nothing in the midst of a text', () => {
    expect(csvLine([-1, '-1', '+1.5', 'a=b', "'="])).toBe("-1,-1,+1.5,a=b,'=\n");
  });
});

describe('confusionMatrixCsv', () => {
  it('has a header row and a label column, and no totals', () => {
    const matrix = [
      [5, 1],
      [0, 7],
    ];
    expect(confusionMatrixCsv(matrix, ['cat, tame', 'dog'])).toBe(
      'actual / predicted,"cat, tame",dog\n"cat, tame",5,1\ndog,0,7\n',
    );
  });
});

describe('predictionsCsv', () => {
  it('gives index, both classes and the probability of the answer', () => {
    const probabilities = { data: Float32Array.of(0.25, 0.75, 0, 1, 0.7, 0.3), shape: [3, 2] };
    expect(predictionsCsv({ probabilities, labels: [1, 1, 1] })).toBe(
      'index,actual,predicted,probability\n0,1,1,0.75\n1,1,1,1\n2,1,0,0.699999988\n',
    );
  });

  it('writes probabilities that read back as the same float32', () => {
    const values = Float32Array.from({ length: 50 }, (_, index) => 1 - 2 ** -24 * (index + 1) * 1001);
    const data = Float32Array.from([...values].flatMap((value) => [value, 1 - value]));
    const csv = predictionsCsv({ probabilities: { data, shape: [50, 2] }, labels: new Uint8Array(50) });
    const read = csv
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Math.fround(Number(line.split(',')[3])));
    expect(read).toEqual([...values]);
  });
});
