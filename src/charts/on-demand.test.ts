import { expect, it, vi } from 'vitest';
import { accuracyChart } from './learning-curves.js';
import { renderSvg } from './render-svg.js';
import { terminalCurves } from './terminal.js';

vi.mock('vega', () => {
  throw new Error('vega was loaded');
});

const history = [{ epoch: 1, loss: 1, accuracy: 0.5 }];

it('makes specifications and terminal curves without loading Vega', () => {
  expect(accuracyChart(history)).toHaveProperty('layer');
  expect(terminalCurves(history)).toContain('Training');
});

it('loads Vega for a picture', async () => {
  await expect(renderSvg(accuracyChart(history))).rejects.toThrow();
});
