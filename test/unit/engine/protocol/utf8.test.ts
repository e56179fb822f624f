import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeUtf8, encodeUtf8, utf8Bytes } from '../../../../engine/protocol/utf8.ts';
import fc from '../../../support/fast-check.ts';

const encode = (text: string): Uint8Array => {
  const bytes = new Uint8Array(utf8Bytes(text));
  assert.equal(encodeUtf8(text, bytes, 0), bytes.length);
  return bytes;
};

test('text comes back, and is the UTF-8 that the platform makes of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const bytes = encode(text);
      assert.deepEqual(bytes, new Uint8Array(Buffer.from(text)));
      assert.equal(decodeUtf8(bytes, 0, bytes.length), text);
    }),
  );
  for (const length of [23, 24, 25, 4096, 4097, 30000]) {
    for (const text of ['a'.repeat(length), `${'a'.repeat(length)}é`]) {
      const bytes = encode(text);
      assert.equal(decodeUtf8(bytes, 0, bytes.length), text);
    }
  }
});

test('malformed bytes become as many U+FFFD as in Java', () => {
  // What `new String(bytes, UTF_8)` made of them in Java 17.
  const cases: readonly (readonly [hex: string, text: string])[] = [
    ['eda080', '\ufffd'],
    ['e282', '\ufffd'],
    ['e28241', '\ufffdA'],
    ['f09080', '\ufffd'],
    ['f0808080', '\ufffd\ufffd\ufffd\ufffd'],
    ['c080', '\ufffd\ufffd'],
    ['e08080', '\ufffd\ufffd\ufffd'],
    ['f580', '\ufffd\ufffd'],
    ['eda08041ffe282', '\ufffdA\ufffd\ufffd'],
  ];
  for (const [hex, text] of cases) {
    const bytes = Buffer.from(hex, 'hex');
    assert.equal(decodeUtf8(bytes, 0, bytes.length), text, hex);
  }
});

test('a lone surrogate is written as a question mark', () => {
  assert.deepEqual([...encode('a\ud800b')], [97, 63, 98]);
  assert.deepEqual([...encode('\udc00\ud800')], [63, 63]);
});
