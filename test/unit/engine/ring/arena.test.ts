import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena, type ArenaClass, arenaClass } from '#engine/ring/arena.ts';
import { ArenaView } from '#engine/ring/arena-view.ts';
import fc from '../../../support/fast-check.ts';

const { ingress, fetch, replication, control } = arenaClass;

function arena(slabs = 8, reservedSlabs: readonly number[] = [1, 1, 1, 2]): Arena {
  return new Arena({
    slabs,
    smallestBytes: 1024,
    largestBytes: 65_536,
    reservedSlabs,
    holders: 4,
    self: 0,
    poison: true,
  });
}

test('a chunk is at least as large as asked for, in sizes of powers of four', () => {
  const made = arena(9);
  const sizes = [0, 1, 1024, 1025, 4096, 4097, 16_385, 65_536].map((bytes) => made.sizeOf(made.alloc(bytes, ingress)));
  assert.deepEqual(sizes, [1024, 1024, 1024, 4096, 4096, 16_384, 65_536, 65_536]);
  assert.equal(made.alloc(65_537, ingress), -1);
});

test('the last count frees the chunk, whoever held it, and the chunk used last is used next', () => {
  const made = arena();
  const before = made.stats();
  const ref = made.alloc(5000, ingress);
  made.hold(ref, 1);
  made.hold(ref, 1, 3);
  made.hold(ref, 2);
  assert.equal(made.countOf(ref), 6);
  made.release(ref, 0);
  made.release(ref, 1, 4);
  assert.equal(made.stats().liveChunks, 1);
  made.release(ref, 2);
  assert.deepEqual(made.stats(), before);
  const again = made.alloc(5000, ingress);
  assert.equal(made.offsetOf(again), made.offsetOf(ref));
  assert.notEqual(again, ref);
});

test('a freed chunk is poisoned, and its ref is good for nothing', () => {
  const made = arena();
  const kept = made.alloc(1024, ingress);
  const ref = made.alloc(1024, ingress);
  const offset = made.offsetOf(ref);
  made.bytes.fill(7, offset, offset + 1024);
  made.bytes.fill(9, made.offsetOf(kept), made.offsetOf(kept) + 1024);
  made.release(ref, 0);
  assert.ok(made.bytes.subarray(offset, offset + 1024).every((byte) => byte === 0xdb));
  assert.ok(made.view(kept, 0, 1024).every((byte) => byte === 9));
  for (const use of [
    () => made.release(ref, 0),
    () => made.hold(ref, 1),
    () => made.view(ref, 0, 1),
    () => made.countOf(ref),
    () => made.release(kept, 1),
    () => made.release(kept, 0, 2),
    () => made.release(-1, 0),
    () => made.offsetOf(-1),
    () => made.sizeOf(-1),
  ]) {
    assert.throws(use, /arena/);
  }
  const next = made.alloc(1024, ingress);
  assert.equal(made.offsetOf(next), offset);
  assert.throws(() => made.release(ref, 0), /was freed/, 'an old ref does not free the new tenant');
});

test('generations wrap without a negative ref', () => {
  const made = arena();
  for (let i = 0; i < 5000; i++) {
    const ref = made.alloc(1, ingress);
    assert.ok(ref >= 0);
    made.release(ref, 0);
  }
});

test('client classes leave replication and control their slabs, and each other theirs', () => {
  const made = arena(8);
  const takeAll = (klass: ArenaClass) => {
    const refs: number[] = [];
    for (let ref = made.alloc(65_536, klass); ref >= 0; ref = made.alloc(65_536, klass)) refs.push(ref);
    return refs;
  };
  const taken = takeAll(ingress);
  assert.equal(taken.length, 8 - 4, 'all but what fetch, replication and control have in reserve');
  assert.equal(made.availableBytes(ingress), 0);
  assert.equal(takeAll(fetch).length, 1);
  assert.equal(made.availableBytes(control), 2 * 65_536);
  assert.equal(takeAll(control).length, 2);
  assert.equal(takeAll(replication).length, 1);
  assert.equal(made.stats().freeSlabs, 0);
  made.release(taken[0], 0);
  assert.equal(takeAll(fetch).length, 1, 'what nobody has in reserve is for whoever comes');
});

test('a class without a slab for small chunks takes a larger one that it has', () => {
  const made = arena(5, [1, 1, 1, 1]);
  const large = [made.alloc(16_384, control), made.alloc(1024, ingress), made.alloc(1024, fetch)];
  made.alloc(1024, replication);
  made.alloc(65_536, replication);
  const small = made.alloc(1024, control);
  assert.ok(small >= 0 && made.sizeOf(small) === 16_384);
  made.release(small, 0);
  made.release(large[0], 0);
  assert.equal(made.stats().usedBytesByClass[control], 0);
});

test('few pages are touched: chunks go out from the start of few slabs', () => {
  const made = arena();
  let highest = 0;
  for (let i = 0; i < 1000; i++) {
    const refs = [made.alloc(1024, ingress), made.alloc(4096, ingress), made.alloc(1024, fetch)];
    for (const ref of refs) highest = Math.max(highest, made.offsetOf(ref) + made.sizeOf(ref));
    for (const ref of refs) made.release(ref, 0);
  }
  assert.ok(highest <= 3 * 65_536);
});

test('a dead holder is swept: only what it held alone is freed', () => {
  const made = arena();
  const [mine, theirs, both] = [1, 2000, 20_000].map((bytes) => made.alloc(bytes, ingress));
  made.hold(theirs, 3, 5);
  made.release(theirs, 0);
  made.hold(both, 3, 2);
  made.sweep(3);
  assert.throws(() => made.countOf(theirs), /was freed/);
  assert.deepEqual([made.countOf(mine), made.countOf(both)], [1, 1]);
  made.sweep(3);
  made.sweep(0);
  assert.deepEqual([made.stats().liveChunks, made.stats().heldCounts, made.stats().freeSlabs], [0, 0, 8]);
});

test('another thread sees the same bytes, and bounds are checked', () => {
  const made = arena();
  const view = new ArenaView(made.description);
  const ref = made.alloc(2000, ingress);
  made.view(ref, 10, 14).set([1, 2, 3, 4]);
  assert.deepEqual([...view.view(ref, 9, 15)], [0, 1, 2, 3, 4, 0]);
  assert.deepEqual([view.offsetOf(ref), view.sizeOf(ref)], [made.offsetOf(ref), 4096]);
  for (const use of [
    () => view.view(ref, 0, 4097),
    () => view.view(ref, -1, 3),
    () => view.view(ref, 5, 4),
    () => made.view(ref, 0, 4097),
    () => view.sizeOf(ref + 1),
    () => view.sizeOf(-1),
    () => view.offsetOf(8 * 64),
  ]) {
    assert.throws(use, /arena/);
  }
  made.release(ref, 0);
  assert.throws(() => view.sizeOf(ref), /not in use/);
});

test('the caller may choose the view of all bytes', () => {
  const made = new Arena({
    slabs: 2,
    smallestBytes: 1024,
    largestBytes: 1024,
    reservedSlabs: [],
    holders: 1,
    self: 0,
    view: (buffer) => Buffer.from(buffer),
  });
  assert.ok(Buffer.isBuffer(made.bytes));
  assert.ok(Buffer.isBuffer(made.view(made.alloc(1, ingress), 0, 3)));
});

test('any order of allocations, holds and releases agrees with a model, and ends where it began', () => {
  const step = fc.record({
    what: fc.constantFrom('alloc', 'alloc', 'hold', 'release', 'release', 'sweep'),
    bytes: fc.constantFrom(100, 1024, 3000, 16_000, 65_536),
    klass: fc.constantFrom(...Object.values(arenaClass)),
    holder: fc.integer({ min: 1, max: 3 }),
    pick: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const made = arena(6, [1, 0, 1, 1]);
      const live = new Map<number, number[]>();
      const gone = (ref: number) => live.get(ref)!.every((n) => n === 0) && live.delete(ref);
      for (const { what, bytes, klass, holder, pick } of steps) {
        const refs = [...live.keys()];
        const ref = refs[pick % refs.length];
        if (what === 'alloc') {
          const fresh = made.alloc(bytes, klass);
          if (fresh >= 0) live.set(fresh, [1, 0, 0, 0]);
        } else if (what === 'sweep') {
          made.sweep(holder);
          for (const known of refs) {
            live.get(known)![holder] = 0;
            gone(known);
          }
        } else if (ref !== undefined) {
          const counts = live.get(ref)!;
          const who = what === 'hold' ? holder : counts.findIndex((n) => n > 0);
          if (what === 'hold') made.hold(ref, who);
          else made.release(ref, who);
          counts[who] += what === 'hold' ? 1 : -1;
          gone(ref);
        }
        assertApart(made, [...live.keys()]);
        const held = [...live.values()].flat().reduce((sum, n) => sum + n, 0);
        assert.deepEqual([made.stats().liveChunks, made.stats().heldCounts], [live.size, held]);
      }
      for (let holder = 0; holder < 4; holder++) made.sweep(holder);
      assert.deepEqual(made.stats(), arena(6, [1, 0, 1, 1]).stats());
    }),
    { numRuns: 60 },
  );

  function assertApart(made: Arena, refs: number[]): void {
    const ranges = refs.map((ref) => [made.offsetOf(ref), made.offsetOf(ref) + made.sizeOf(ref)]);
    ranges.sort((x, y) => x[0] - y[0]);
    for (let i = 1; i < ranges.length; i++) assert.ok(ranges[i - 1][1] <= ranges[i][0], 'two chunks overlap');
  }
});
