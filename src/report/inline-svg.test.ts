import { describe, expect, it } from 'vitest';
import { inlineSvg } from './inline-svg.js';

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20" viewBox="0 0 40 20">' +
  '<defs><linearGradient id="g0"/><clipPath id="clip1"><path id="p"/></clipPath></defs>' +
  '<g clip-path="url(#clip1)" fill="url(#g0)"><use xlink:href="#p"/><image xlink:href="data:image/png;base64,AA=="/></g></svg>';

describe('inlineSvg', () => {
  it('makes ids unique along with every reference to them, and needs no namespaces', () => {
    expect(inlineSvg(svg, 'loss', 'A "curve"').text).toBe(
      '<svg viewBox="0 0 40 20" width="40" height="20" role="img" aria-label="A &quot;curve&quot;">' +
        '<defs><linearGradient id="loss-g0"/><clipPath id="loss-clip1"><path id="loss-p"/></clipPath></defs>' +
        '<g clip-path="url(#loss-clip1)" fill="url(#loss-g0)"><use href="#loss-p"/><image href="data:image/png;base64,AA=="/></g></svg>',
    );
  });

  it('takes the size where there is no viewBox', () => {
    const text = inlineSvg('<?xml version="1.0"?><svg width="30" height="10"></svg>', 'a', 'b').text;
    expect(text).toBe('<svg viewBox="0 0 30 10" width="30" height="10" role="img" aria-label="b"></svg>');
  });
});
