import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chosenChecksum, nativeChecksum, plainChecksum } from '../../../native-bindings/checksum.ts';

assert(nativeChecksum !== null, 'the native checksum is installed where tests run');
assert.equal(chosenChecksum, '@node-rs/crc32');

/** RFC 3720, appendix B.4. */
const known: readonly (readonly [string, Uint8Array, number])[] = [
  ['nothing', new Uint8Array(0), 0],
  ['123456789', new TextEncoder().encode('123456789'), 0xe306_9283],
  ['32 zeros', new Uint8Array(32), 0x8a91_36aa],
  ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8_ab43],
  ['32 rising', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd_794e],
  ['32 falling', Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113f_db5c],
];

for (const [name, checksum] of [
  ['native', nativeChecksum],
  ['plain', plainChecksum],
] as const) {
  describe(name, () => {
    for (const [what, bytes, sum] of known) {
      test(what, () => assert.equal(checksum.crc32c(bytes), sum));
    }

    test('continues an earlier sum, in shared memory, at odd positions', () => {
      const shared = new Uint8Array(new SharedArrayBuffer(5000));
      for (let at = 0; at < shared.length; at++) shared[at] = (at * 31) ^ (at >> 7);
      const whole = checksum.crc32c(shared);
      for (const cut of [0, 1, 7, 8, 9, 63, 64, 100, 4999, 5000]) {
        const first = checksum.crc32c(shared.subarray(0, cut));
        assert.equal(checksum.crc32c(shared.subarray(cut), first), whole);
      }
      assert.equal(whole, plainChecksum.crc32c(shared.slice()));
    });
  });
}
