import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xxhash32 } from '../../../native-bindings/xxhash32.ts';

/** Sums of the reference implementation, seed 0. */
const known: readonly (readonly [string, number])[] = [
  ['', 0x02cc_5d05],
  ['a', 0x550d_7456],
  ['abc', 0x32d1_53ff],
  ['Nobody inspects the spammish repetition', 0xe229_3b2f],
];

for (const [text, sum] of known) {
  test(`"${text}", wherever it lies`, () => {
    const bytes = new TextEncoder().encode(`xyz${text}!`);
    assert.equal(xxhash32(bytes, 3, bytes.length - 1), sum);
  });
}
