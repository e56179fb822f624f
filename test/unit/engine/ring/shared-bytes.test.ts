import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeferredReuse } from '#engine/ring/deferred-reuse.ts';
import { noBytes, SharedBytes, SharedBytesWriter } from '#engine/ring/shared-bytes.ts';
import fc from '../../../support/fast-check.ts';

function pair(segmentBytes = 1024) {
  const segments: [number, SharedArrayBuffer][] = [];
  const writer = new SharedBytesWriter(segmentBytes, (index, buffer) => segments.push([index, buffer]));
  const reader = new SharedBytes({ segmentBytes, segments: [] });
  const sync = () => {
    for (const [index, buffer] of segments.splice(0)) reader.addSegment(index, buffer);
  };
  sync();
  return { writer, reader, sync };
}

test('bytes, names and lists are read as they were added', () => {
  const { writer, reader, sync } = pair();
  const bytes = writer.add(Uint8Array.of(1, 2, 3));
  const name = writer.addAscii('orders');
  const list = writer.addInt32s([7, -1, 2 ** 31 - 1]);
  const empty = writer.add(new Uint8Array(0));
  sync();
  assert.deepEqual([...reader.view(bytes)], [1, 2, 3]);
  assert.ok(
    reader.equalsAscii(name, 'orders') && !reader.equalsAscii(name, 'order') && !reader.equalsAscii(name, 'ordert'),
  );
  assert.ok(reader.equals(name, Buffer.from('xorders'), 1, 6) && !reader.equals(name, Buffer.from('xordert'), 1, 6));
  assert.deepEqual(
    [0, 1, 2].map((i) => reader.int32At(list, i)),
    [7, -1, 2 ** 31 - 1],
  );
  assert.equal(reader.int32Count(list), 3);
  assert.throws(() => reader.int32At(list, 3), /beyond the list/);
  assert.equal(reader.lengthOf(empty), 0);
  assert.equal(reader.view(noBytes).length + reader.lengthOf(noBytes) + reader.int32Count(noBytes), 0);
  assert.ok(reader.equalsAscii(noBytes, '') && reader.equals(noBytes, new Uint8Array(0), 0, 0));
});

test('an entry may fill a segment and not more; a reader without the segment is told', () => {
  const { writer, reader, sync } = pair();
  const full = writer.add(new Uint8Array(1020).fill(9));
  assert.throws(() => writer.add(new Uint8Array(1021)), /larger than a segment/);
  const next = writer.add(Uint8Array.of(1));
  assert.throws(() => reader.lengthOf(next), /unknown segment/);
  sync();
  assert.ok(reader.view(full).every((byte) => byte === 9));
  assert.deepEqual([...reader.view(next)], [1]);
});

test('dropped bytes stay until the image that dropped them is acknowledged', () => {
  const { writer } = pair();
  const first = writer.addAscii('first');
  writer.drop(first, 10);
  writer.reclaim(9);
  const second = writer.addAscii('other');
  assert.notEqual(second, first);
  assert.ok(writer.equalsAscii(first, 'first'));
  writer.reclaim(10);
  assert.equal(writer.addAscii('third'), first);
});

test('entries never overlap, sizes are reused, and all comes back', () => {
  const step = fc.record({ size: fc.integer({ min: 0, max: 900 }), drop: fc.boolean(), pick: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const { writer, reader, sync } = pair();
      const live = new Map<number, Uint8Array>();
      steps.forEach(({ size, drop, pick }, offset) => {
        const refs = [...live.keys()];
        if (drop && refs.length > 0) {
          const ref = refs[pick % refs.length];
          live.delete(ref);
          writer.drop(ref, offset);
          writer.reclaim(offset - (pick % 3));
        } else {
          const bytes = new Uint8Array(size).fill(offset);
          const ref = writer.add(bytes);
          assert.ok(!live.has(ref));
          live.set(ref, bytes);
        }
        sync();
        for (const [ref, bytes] of live) assert.ok(reader.equals(ref, bytes, 0, bytes.length));
      });
      for (const ref of live.keys()) writer.drop(ref, 1000);
      writer.reclaim(1000);
      assert.equal(writer.usedBytes, 0);
    }),
    { numRuns: 60 },
  );
});

test('deferred reuse hands out in order, up to what is acknowledged, and forgets what it handed out', () => {
  const deferred = new DeferredReuse();
  for (let i = 0; i < 20_000; i++) deferred.add(i, i >> 1);
  const out: number[] = [];
  deferred.reclaim(-1, (value) => out.push(value));
  assert.equal(out.length, 0);
  for (let acknowledged = 0; acknowledged < 9000; acknowledged += 1000)
    deferred.reclaim(acknowledged, (v) => out.push(v));
  assert.equal(out.length + deferred.length, 20_000);
  deferred.reclaim(9999, (value) => out.push(value));
  assert.deepEqual(
    out,
    Array.from({ length: 20_000 }, (_, i) => i),
  );
  assert.equal(deferred.length, 0);
  deferred.add(1, 5);
  assert.throws(() => deferred.add(2, 4), /must not go back/);
});
