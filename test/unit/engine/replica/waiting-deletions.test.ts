import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deletionLimits } from '#engine/base/limits.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { WaitingDeletions } from '#engine/replica/waiting-deletions.ts';
import { ManualClock } from '../../../support/log-fixture.ts';

function fixture() {
  const clock = new ManualClock();
  const state = { low: 0 };
  const waiting = new WaitingDeletions(clock, () => state.low);
  const answers: string[] = [];
  const add = (name: string, offset: number, timeoutMs: number): void =>
    waiting.add(offset, timeoutMs, (code, low) => answers.push(`${name} ${code} ${low}`));
  return { clock, state, waiting, answers, add };
}

test('what every replica has deleted is answered at once, the rest when the last one has', () => {
  const { state, waiting, answers, add } = fixture();
  state.low = 10;
  add('a', 10, 1000);
  add('b', 11, 1000);
  add('c', 20, 1000);
  assert.deepEqual(answers, ['a 0 10']);
  state.low = 15;
  waiting.check();
  assert.deepEqual(answers, ['a 0 10', 'b 0 15']);
  state.low = 20;
  waiting.check();
  assert.deepEqual(answers.at(-1), 'c 0 20');
  assert.equal(waiting.isEmpty, true);
});

test('a wait that is over tells the low watermark as it was at first', () => {
  const { clock, state, answers, add } = fixture();
  add('now', 5, 0);
  assert.deepEqual(answers, [`now ${errorCode.REQUEST_TIMED_OUT} 0`]);
  add('short', 5, 300);
  add('long', 5, 10_000);
  state.low = 3;
  clock.advance(299);
  assert.equal(answers.length, 1);
  clock.advance(1);
  assert.equal(answers.at(-1), `short ${errorCode.REQUEST_TIMED_OUT} 0`);
  // Nobody tells of a broker that died: it is looked at.
  state.low = 5;
  clock.advance(deletionLimits.lookMs);
  assert.equal(answers.at(-1), 'long 0 5');
});

test('those who wait are told when the partition is led elsewhere, and no more than so many wait', () => {
  const { waiting, answers, add } = fixture();
  for (let n = 0; n < deletionLimits.waitingPerPartition; n++) add(String(n), 5, 1000);
  assert.deepEqual(answers, []);
  add('more', 5, 1000);
  assert.deepEqual(answers, [`more ${errorCode.REQUEST_TIMED_OUT} 0`]);
  waiting.failAll(errorCode.NOT_LEADER_OR_FOLLOWER);
  assert.equal(answers.length, deletionLimits.waitingPerPartition + 1);
  assert.equal(answers.at(-1), `999 ${errorCode.NOT_LEADER_OR_FOLLOWER} -1`);
});
