import { describe, expect, it } from 'vitest';
import { html } from './html.js';

describe('html', () => {
  it('escapes text, also in attributes', () => {
    const text = `<b>&"'`;
    expect(html`<p title="${text}">${text}</p>`.text).toBe(
      '<p title="&lt;b&gt;&amp;&quot;&#39;">&lt;b&gt;&amp;&quot;&#39;</p>',
    );
  });

  it('keeps HTML, joins lists, writes numbers and leaves out what is undefined', () => {
    const items = ['a', '<'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${0}${undefined}${[1, [html`<hr>`, '&']]}`.text).toBe(
      '<ul><li>a</li><li>&lt;</li></ul>01<hr>&amp;',
    );
  });

  it('passes no text off as HTML, whatever its shape', () => {
    const disguised = JSON.parse('["<script>", ["<script>"]]') as string[];
    expect(html`${disguised}`.text).not.toContain('<script>');
  });
});
