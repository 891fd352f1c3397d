import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateKey } from './duplicate-key.js';

describe('duplicateKey', () => {
  it.each([
    ['{"a":1,"b":2,"a":3}', 'a'],
    ['{"a":{"b":1,"b":2}}', 'b'],
    ['{"a":[{"x":"}"},{"y":1,"y":2}]}', 'y'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"\\"":1,"\\"":2}', '"'],
    ['{"a\\\\":1,"b":2,"a\\\\":3}', 'a\\'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('finds the repeated key of %s', (text, key) => {
    expect(duplicateKey(text)).toBe(key);
  });

  it('finds none where a key comes back in another object, or as a value', () => {
    expect(duplicateKey('{"a":{"a":"a","b":["a","a"]},"b":{"a":"\\"a\\":"}}')).toBeUndefined();
  });

  it('finds none in anything that JSON.stringify writes', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => duplicateKey(JSON.stringify(value)) === undefined));
  });
});
