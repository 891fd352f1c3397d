/** HTML by template: html`<p>${text}</p>`. Every value is escaped unless it is HTML of this kind itself. */

import { withoutForbiddenCharacters } from '../charts/xml-text.js';

/** Text that is known to be HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes; lists are joined, and `undefined` is nothing. */
export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Attribute values must stand in quotation marks: `<p title="${text}">`. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.reduce((text, next, index) => text + toHtml(values[index - 1]) + next));
}

function toHtml(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(toHtml).join('');
  return withoutForbiddenCharacters(String(value)).replace(/[&<>"']/g, (character) => entities[character]);
}
