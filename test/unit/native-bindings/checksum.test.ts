import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Checksum } from '../../../engine/base/codec.ts';
import { builtChecksum, chosenChecksum, packageChecksum, plainChecksum } from '../../../native-bindings/checksum.ts';
import { nativeRecords } from '../../../native-bindings/native-records.ts';

const fromPackage = packageChecksum();
assert(fromPackage !== null, 'the package is installed where tests run');
assert.equal(chosenChecksum, builtChecksum === null ? '@node-rs/crc32' : 'records.c');

/** What processors do that have no wider instructions. */
const byInstruction: Checksum | null =
  nativeRecords === null
    ? null
    : { crc32c: (bytes, initial = 0) => nativeRecords!.crc32cByInstruction(bytes, initial) };

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
  ['records.c', builtChecksum],
  ['records.c, by instruction', byInstruction],
  ['package', fromPackage],
  ['plain', plainChecksum],
] as const) {
  if (checksum === null) continue;
  describe(name, () => {
    for (const [what, bytes, sum] of known) {
      test(what, () => assert.equal(checksum.crc32c(bytes), sum));
    }

    test('any length at any position is what the plain one says', () => {
      const bytes = Uint8Array.from({ length: 30_000 }, (_, at) => (at * 31) ^ (at >> 5));
      for (const length of [
        95, 96, 191, 192, 255, 256, 767, 768, 769, 1023, 1024, 1025, 1279, 1280, 1535, 4096, 12_287, 12_288, 12_295,
        24_999,
      ]) {
        for (const at of [0, 1, 7]) {
          const part = bytes.subarray(at, at + length);
          assert.equal(checksum.crc32c(part), plainChecksum.crc32c(part), `${length} bytes from ${at}`);
          assert.equal(checksum.crc32c(part, 0xdead_beef), plainChecksum.crc32c(part, 0xdead_beef));
        }
      }
    });

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
