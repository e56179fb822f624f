import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageLimits } from '../../../../engine/base/limits.ts';
import { ProtocolError, type ProtocolErrorReason } from '../../../../engine/protocol/protocol-error.ts';
import { Reader, readInt8, readInt32 } from '../../../../engine/protocol/reader.ts';
import { Writer, writeInt32 } from '../../../../engine/protocol/writer.ts';

function fails(reason: ProtocolErrorReason, run: () => unknown): void {
  assert.throws(run, (error) => error instanceof ProtocolError && error.reason === reason, reason);
}

const bytesOf = (write: (writer: Writer) => void): Uint8Array => {
  const writer = new Writer(new Uint8Array(1));
  write(writer);
  return writer.toBytes();
};

test('integers at their limits, in memory that is shared', () => {
  const written = bytesOf((w) => {
    w.int8(-128);
    w.int16(-32768);
    w.uint16(65535);
    w.int32(-2147483648);
    w.uint32(4294967295);
    w.int64(-(2n ** 63n));
    w.int64(2n ** 63n - 1n);
    w.int64Number(-2);
    w.int64Number(Number.MAX_SAFE_INTEGER);
    w.int64Number(Number.MIN_SAFE_INTEGER);
    w.float64(-0.1);
    w.bool(true);
  });
  const shared = new Uint8Array(new SharedArrayBuffer(written.length + 3), 3);
  shared.set(written);
  const r = new Reader(shared);
  assert.equal(r.int8(), -128);
  assert.equal(r.int16(), -32768);
  assert.equal(r.uint16(), 65535);
  assert.equal(r.int32(), -2147483648);
  assert.equal(r.uint32(), 4294967295);
  assert.equal(r.int64(), -(2n ** 63n));
  assert.equal(r.int64Clamped(), Number.MAX_SAFE_INTEGER);
  assert.equal(r.int64Number(), -2);
  assert.equal(r.int64Number(), Number.MAX_SAFE_INTEGER);
  assert.equal(r.int64Number(), Number.MIN_SAFE_INTEGER);
  assert.equal(r.float64(), -0.1);
  assert.equal(r.bool(), true);
  r.expectEnd();
  fails('truncated', () => r.int8());
});

test('an int64 beyond 2^53 is refused as a number, or clamped', () => {
  const bytes = bytesOf((w) => w.int64(-(2n ** 60n)));
  fails('out-of-range', () => new Reader(bytes).int64Number());
  assert.equal(new Reader(bytes).int64Clamped(), Number.MIN_SAFE_INTEGER);
});

test('varints: limits, too many bits, no end', () => {
  const values = [0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 268435455, 268435456, 4294967295];
  for (const value of values) assert.equal(new Reader(bytesOf((w) => w.uvarint(value))).uvarint(), value);
  for (const value of [0, -1, 1, 2147483647, -2147483648]) {
    assert.equal(new Reader(bytesOf((w) => w.varint(value))).varint(), value);
  }
  for (const value of [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]) {
    assert.equal(new Reader(bytesOf((w) => w.varlong(value))).varlong(), value);
  }
  fails('bad-varint', () => new Reader(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x10)).uvarint());
  fails('bad-varint', () => new Reader(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x00)).uvarint());
  fails('truncated', () => new Reader(Uint8Array.of(0xff, 0xff)).uvarint());
  fails('bad-varint', () => new Reader(new Uint8Array(10).fill(0xff)).varlong());
});

test('a null is -1 in the old forms and 0 in the compact ones', () => {
  for (const compact of [false, true]) {
    const bytes = bytesOf((w) => {
      w.nullableString(null, compact);
      w.nullableBytes(null, compact);
      w.nullableList(null, writeInt32, 0, compact);
      w.nullableString('', compact);
      w.nullableBytes(new Uint8Array(0), compact);
      w.nullableList([], writeInt32, 0, compact);
    });
    assert.equal(
      Buffer.from(bytes).toString('hex'),
      compact ? '000000010101' : 'ffffffffffffffffffff00000000000000000000',
    );
    const r = new Reader(bytes);
    assert.equal(r.nullableString(compact), null);
    assert.equal(r.nullableBytes(compact), null);
    assert.equal(r.nullableList(readInt32, 0, compact, 4), null);
    assert.equal(r.nullableString(compact), '');
    assert.equal(r.nullableBytes(compact)!.length, 0);
    assert.deepEqual(r.nullableList(readInt32, 0, compact, 4), []);
    r.expectEnd();
    fails('unexpected-null', () => new Reader(bytes).string(compact));
    fails('unexpected-null', () => new Reader(bytes, compact ? 1 : 2).bytes(compact));
    fails('unexpected-null', () => new Reader(bytes, compact ? 2 : 6).list(readInt32, 0, compact, 4));
  }
  const w = new Writer();
  fails('unexpected-null', () => w.string(null, true));
  fails('unexpected-null', () => w.bytes(null, false));
  fails('unexpected-null', () => w.records(null, false));
  fails('unexpected-null', () => w.list(null, writeInt32, 0, true));
});

test('lengths beyond the bytes, and strings beyond an int16, are refused', () => {
  fails('truncated', () => new Reader(Uint8Array.of(0, 5, 65)).string(false));
  fails('truncated', () => new Reader(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 1)).bytes(false));
  fails('truncated', () => new Reader(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 1)).bytes(true));
  const long = bytesOf((w) => {
    w.uvarint(0x8001);
    w.raw(new Uint8Array(0x8000).fill(65));
  });
  fails('bad-length', () => new Reader(long).string(true));
  fails('bad-length', () => new Writer().string('é'.repeat(0x4000), false));
  assert.equal(new Reader(bytesOf((w) => w.string('a'.repeat(0x7fff), false))).string(false).length, 0x7fff);
});

test('a claimed count of 2^31 - 1 is refused before anything is allocated', () => {
  const claims = [Uint8Array.of(0x7f, 0xff, 0xff, 0xff), Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x08)];
  const room = 1000;
  for (const [index, claim] of claims.entries()) {
    const bytes = new Uint8Array(claim.length + room);
    bytes.set(claim);
    let elements = 0;
    const count = (reader: Reader): number => {
      elements++;
      return readInt8(reader);
    };
    fails('count-too-large', () => new Reader(bytes).list(count, 0, index === 1, 1));
    assert.equal(elements, 0);
  }
});

test('the elements of a message are limited, nested ones and unknown tags included', () => {
  const bytes = new Uint8Array(messageLimits.elements + 100);
  const claim = (count: number): Uint8Array => {
    new DataView(bytes.buffer).setInt32(0, count);
    return bytes;
  };
  assert.equal(new Reader(claim(messageLimits.elements)).list(readInt8, 0, false, 1).length, messageLimits.elements);
  fails('count-too-large', () => new Reader(claim(messageLimits.elements + 1)).list(readInt8, 0, false, 1));
  const r = new Reader(claim(messageLimits.elements));
  r.list(readInt8, 0, false, 1);
  fails('count-too-large', () => r.unknownTag([], 1, r.position));
  r.reset(claim(1)).list(readInt8, 0, false, 1);
  assert.deepEqual(r.unknownTag([], 1, r.position + 2), [{ tag: 1, data: new Uint8Array(2) }]);
});

test('reads stop at the end that was given, not at that of the memory', () => {
  const r = new Reader(new Uint8Array(100), 10, 14);
  assert.equal(r.remaining, 4);
  fails('truncated', () => r.int64());
  assert.equal(r.int32(), 0);
  fails('truncated', () => r.bool());
  fails('trailing-bytes', () => r.reset(new Uint8Array(3)).expectEnd());
  assert.equal(new Reader(new Uint8Array(2), 0, 99).remaining, 2);
});

test('long records are spliced in by reference, short ones copied', () => {
  const records = new Uint8Array(5000).fill(7);
  const writer = new Writer(new Uint8Array(16));
  writer.int32(0);
  writer.int8(1);
  writer.records(records, true);
  writer.nullableRecords(Uint8Array.of(9, 9), false);
  writer.nullableRecords(null, false);
  writer.raw(new Uint8Array(600).fill(3));
  writer.patchInt32(0, writer.sizeBytes - 4);
  const segments = writer.segments();
  assert.equal(segments.length, 3);
  assert.equal(segments[1], records);
  assert.equal(writer.sizeBytes, 4 + 1 + 2 + 5000 + 4 + 2 + 4 + 600);
  const r = new Reader(writer.toBytes());
  assert.equal(r.int32(), writer.sizeBytes - 4);
  r.int8();
  assert.deepEqual(r.bytes(true), records);
  assert.deepEqual(r.nullableBytes(false), Uint8Array.of(9, 9));
  assert.equal(r.nullableBytes(false), null);
  assert.equal(r.remaining, 600);
  writer.patchInt32(writer.sizeBytes - 4, 5);
  assert.equal(writer.segments()[2]!.at(-1), 5);
  fails('out-of-range', () => writer.patchInt32(writer.sizeBytes, 1));
});

test('a tagged field gets its size however long it becomes, also behind spliced bytes', () => {
  for (const length of [0, 1, 127, 128, 16383, 16384, 70000]) {
    const writer = new Writer(new Uint8Array(8));
    writer.splice(new Uint8Array(4000));
    writer.uvarint(1);
    const tag = writer.beginTag(5);
    const data = new Uint8Array(length).fill(length);
    writer.raw(data);
    writer.endTag(tag);
    writer.int8(77);
    const r = new Reader(writer.toBytes(), 4000);
    assert.deepEqual(r.unknownTags(), [{ tag: 5, data }]);
    assert.equal(r.int8(), 77);
    r.expectEnd();
  }
});

test('unknown tagged fields are written at their place, and not out of order', () => {
  const field = (tag: number) => ({ tag, data: Uint8Array.of(tag) });
  fails('bad-tag', () => new Writer().unknownTags([field(3), field(2)]));
  fails('bad-tag', () => new Writer().unknownTags([field(3), field(3)]));
  fails('bad-tag', () => new Writer().unknownTagsBelow([field(1)], 0, 1, Number.POSITIVE_INFINITY));
  const writer = new Writer();
  assert.equal(writer.unknownTagsBelow([field(1), field(4)], 0, 0, 3), 1);
});

test('a writer that starts over writes in the memory it is given', () => {
  const memory = new Uint8Array(new SharedArrayBuffer(64));
  const writer = new Writer();
  writer.int32(5);
  writer.reset(memory).int32(9);
  assert.equal(writer.sizeBytes, 4);
  assert.equal(memory[3], 9);
  assert.equal(writer.toBytes().buffer, memory.buffer);
  writer.copy(Uint8Array.of(1, 2, 3, 4), 1, 2);
  assert.deepEqual([...memory.subarray(4, 6)], [2, 3]);
});
