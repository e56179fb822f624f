import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProtocolError } from '../../../../engine/protocol/protocol-error.ts';
import {
  directoryId,
  isReservedDirectoryId,
  isUuid,
  randomDirectoryId,
  randomUuid,
  uuidFromBytes,
  uuidToBytes,
} from '../../../../engine/protocol/uuid.ts';
import fc from '../../../support/fast-check.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';

test('uuids are unpadded base64url of their 16 bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const uuid = uuidFromBytes(bytes, 0);
      assert.equal(uuid, Buffer.from(bytes).toString('base64url'));
      const back = new Uint8Array(18);
      uuidToBytes(uuid, back, 1);
      assert.deepEqual(back.subarray(1, 17), bytes);
      assert.equal(back[0]! + back[17]!, 0);
    }),
  );
});

test('other text is refused', () => {
  for (const text of [
    '',
    'AAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAA+AAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAA=',
  ]) {
    assert.equal(isUuid(text), false, text);
    assert.throws(() => uuidToBytes(text, new Uint8Array(16), 0), ProtocolError);
  }
});

test('random uuids are of version 4, differ, and do not begin with a dash', () => {
  const random = new SeededRandom(1);
  const seen = new Set<string>();
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 500; i++) {
    const uuid = randomUuid(random);
    assert.equal(isUuid(uuid), true);
    assert.notEqual(uuid[0], '-');
    uuidToBytes(uuid, bytes, 0);
    assert.equal(bytes[6]! >> 4, 4);
    assert.equal(bytes[8]! >> 6, 2);
    seen.add(uuid);
  }
  assert.equal(seen.size, 500);
});

test('a hundred directory ids are reserved', () => {
  const id = (last: number) => Buffer.from([...new Array(15).fill(0), last]).toString('base64url');
  assert.equal(isReservedDirectoryId(id(99)), true);
  assert.equal(isReservedDirectoryId(id(100)), false);
  for (const reserved of Object.values(directoryId)) assert.equal(isReservedDirectoryId(reserved), true);
  assert.equal(isReservedDirectoryId(randomDirectoryId(new SeededRandom(2))), false);
});
