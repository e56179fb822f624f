import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Execution, explore, plainRead, plainWrite, type ThreadBody } from '../../../support/interleavings.ts';

/** Two threads that each do `steps` steps on words of their own, or all on one word. */
function counting(steps: number, shared: boolean): () => Execution {
  return () => {
    const words = new Int32Array(new SharedArrayBuffer(8));
    function* body(thread: number): ThreadBody {
      for (let i = 0; i < steps; i++) yield* plainWrite(words, shared ? 0 : thread, i);
    }
    return { threads: [body(0), body(1)], settled: () => {} };
  };
}

test('without reduction every interleaving is run: n steps and n steps are (2n over n)', () => {
  assert.equal(explore(counting(3, true), { maxSteps: 20, reduce: false }).schedules, 20);
  assert.equal(explore(counting(4, false), { maxSteps: 20, reduce: false }).schedules, 70);
});

test('reduction leaves one of those that differ in nothing, and all of those that do', () => {
  assert.equal(explore(counting(4, false), { maxSteps: 20 }).schedules, 1);
  assert.equal(explore(counting(3, true), { maxSteps: 20 }).schedules, 20);
});

test('reduction leaves out no outcome', () => {
  const outcomes = (reduce: boolean) => {
    const seen = new Set<string>();
    const start = (): Execution => {
      const words = new Int32Array(new SharedArrayBuffer(16));
      const read: number[] = [];
      function* writer(): ThreadBody {
        for (let i = 1; i <= 3; i++) {
          yield* plainWrite(words, i % 2, i);
          if ((yield* plainRead(words, 2)) > 1) yield* plainWrite(words, 3, 10 * i);
        }
      }
      function* reader(): ThreadBody {
        for (let i = 0; i < 3; i++) {
          read.push(yield* plainRead(words, i % 2), yield* plainRead(words, 3));
          yield* plainWrite(words, 2, i);
        }
      }
      return { threads: [writer(), reader()], settled: () => seen.add(`${read} ${words}`) };
    };
    const { schedules } = explore(start, { maxSteps: 40, reduce });
    return { schedules, seen: [...seen].sort() };
  };
  const all = outcomes(false);
  const reduced = outcomes(true);
  assert.deepEqual(reduced.seen, all.seen);
  assert.ok(all.seen.length > 10 && reduced.schedules < all.schedules / 4);
});

test('a schedule over the bound is cut off, and counted as such', () => {
  const result = explore(counting(5, true), { maxSteps: 6, reduce: false });
  assert.equal(result.schedules, 0);
  assert.ok(result.truncated > 0);
});

test('a lost update is found, with the schedule that shows it', () => {
  const start = (): Execution => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    function* increment(): ThreadBody {
      yield* plainWrite(words, 0, (yield* plainRead(words, 0)) + 1);
    }
    return { threads: [increment(), increment()], settled: () => assert.equal(words[0], 2) };
  };
  const { failure } = explore(start, { maxSteps: 10 });
  assert.notEqual(failure, null);
  assert.equal(failure?.schedule.length, 4);
});
