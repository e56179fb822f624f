import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Lane, lane, OperationQueue } from '../../../../../engine/io/disk/operation-queue.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';

class Trial {
  readonly queue: OperationQueue;
  readonly started: string[] = [];
  readonly running = new Map<string, () => void>();

  constructor(maxInFlight: number, maxQueued = 100) {
    this.queue = new OperationQueue(maxInFlight, maxQueued);
  }

  submit(which: Lane, name: string): boolean {
    return this.queue.submit(which, (finished) => {
      this.started.push(name);
      this.running.set(name, finished);
    });
  }

  finish(name: string): void {
    const finished = this.running.get(name)!;
    this.running.delete(name);
    finished();
    finished();
  }
}

it('runs so many at a time, in order, and counts a finish once', () => {
  const trial = new Trial(2);
  for (const name of ['a', 'b', 'c', 'd', 'e']) trial.submit(lane.change, name);
  assert.deepEqual(trial.started, ['a', 'b']);
  trial.finish('b');
  assert.deepEqual(trial.started, ['a', 'b', 'c']);
  assert.equal(trial.queue.inFlight, 2);
  assert.equal(trial.queue.queued, 2);
});

it('lets lanes take turns, and keeps a place from removals', () => {
  const trial = new Trial(2);
  for (const name of ['x1', 'x2', 'x3']) trial.submit(lane.removal, name);
  assert.deepEqual(trial.started, ['x1'], 'one place is not for removals');
  for (const name of ['w1', 'w2', 'w3']) trial.submit(lane.change, name);
  for (const name of ['r1', 'r2']) trial.submit(lane.read, name);
  for (const name of ['w1', 'r1', 'w2', 'r2', 'w3']) trial.finish(name);
  assert.deepEqual(trial.started, ['x1', 'w1', 'r1', 'w2', 'r2', 'w3']);
  trial.finish('x1');
  assert.equal(trial.started.at(-1), 'x2');
});

it('refuses what is over its limit, and takes more when there is room', () => {
  const trial = new Trial(1, 2);
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((name) => trial.submit(lane.read, name)),
    [true, true, true, false],
  );
  trial.finish('a');
  assert.ok(trial.submit(lane.read, 'e'));
});

it('runs everything once, whatever the order of the ends', () => {
  const random = new SeededRandom(3);
  const trial = new Trial(3, 10_000);
  for (let index = 0; index < 5000; index++) {
    trial.submit(random.below(3) as Lane, `${index}`);
    while (random.oneIn(2) && trial.running.size > 0) {
      const names = [...trial.running.keys()];
      trial.finish(names[random.below(names.length)]!);
    }
    assert.ok(trial.running.size <= 3);
  }
  while (trial.running.size > 0) trial.finish([...trial.running.keys()][0]!);
  assert.equal(new Set(trial.started).size, 5000);
  assert.equal(trial.started.length, 5000);
  assert.equal(trial.queue.queued, 0);
});
