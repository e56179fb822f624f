import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deadline, Deadlines } from '#engine/groups/deadlines.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';

test('whatever is set, put off and cancelled, what is due comes in the order of time', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new SeededRandom(seed);
    const deadlines = new Deadlines();
    const fired: number[] = [];
    const all = Array.from({ length: 20 }, (_, index) => new Deadline(() => fired.push(index)));
    let nowMs = 0;
    for (let step = 0; step < 200; step++) {
      const one = all[random.below(all.length)]!;
      if (random.oneIn(4)) deadlines.cancel(one);
      else deadlines.set(one, nowMs + random.below(50));
      if (!random.oneIn(5)) continue;
      nowMs += random.below(30);
      const due = all.filter(({ atMs }) => atMs <= nowMs).map(({ atMs }) => atMs);
      due.sort((a, b) => a - b);
      const taken: number[] = [];
      for (;;) {
        const at = deadlines.nextMs;
        const next = deadlines.takeDue(nowMs);
        if (next === undefined) break;
        taken.push(at);
      }
      assert.deepEqual(taken, due, `seed ${seed}`);
      const set = all.filter(({ atMs }) => atMs !== Number.POSITIVE_INFINITY);
      assert.equal(deadlines.size, set.length, `seed ${seed}`);
      assert.equal(deadlines.nextMs, Math.min(...set.map(({ atMs }) => atMs)), `seed ${seed}`);
    }
  }
});
