import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommitTimes } from '#engine/node/metrics/commit-times.ts';
import { noteIntervalMs, Recent } from '#engine/node/metrics/recent.ts';

test('what is recent is what was added within five minutes', () => {
  const recent = new Recent();
  let total = 0;
  const sums = (): Map<number, Float64Array> => new Map(total === 0 ? [] : [[7, new Float64Array([total])]]);
  const since = (): number => recent.since(7, new Float64Array([total]))[0]!;
  for (let note = 0; note < 40; note++) {
    recent.note(note * noteIntervalMs, sums());
    total += 1;
    assert.equal(since(), Math.min(note + 1, 300_000 / noteIntervalMs + 1));
  }
  assert.deepEqual([...recent.since(8, new Float64Array([5]))], [5], 'what began since is all of it');
});

test('times of commits: each append until the high watermark is at its end, none after a resignation', () => {
  let nowMs = 0;
  const taken: number[] = [];
  const times = new CommitTimes(
    () => nowMs,
    (ms) => taken.push(ms),
  );
  times.appended(5);
  nowMs = 3;
  times.appended(9);
  nowMs = 10;
  times.committed(4);
  assert.deepEqual(taken, []);
  times.committed(8);
  assert.deepEqual(taken, [10]);
  nowMs = 11;
  times.committed(9);
  assert.deepEqual(taken, [10, 8]);
  times.appended(12);
  times.resigned();
  times.committed(20);
  assert.deepEqual(taken, [10, 8]);
});
