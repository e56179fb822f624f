import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#engine/base/limits.ts';
import { type ProducerIdBlock, ProducerIds } from '#engine/broker/producer-ids.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { SteppedClock } from '../../../support/stepped-clock.ts';

function setUp() {
  const clock = new SteppedClock();
  const asked: ((block: ProducerIdBlock) => void)[] = [];
  const ids = new ProducerIds((answered) => asked.push(answered), clock);
  const taken: (bigint | number)[] = [];
  const take = () => ids.take((code, id) => taken.push(code === 0 ? id : code));
  const give = (firstId: bigint, count: number) => asked.shift()!({ errorCode: 0, firstId, count });
  return { clock, asked, ids, taken, take, give };
}

test('requests wait for the first block, which is asked for once', () => {
  const { asked, taken, take, give } = setUp();
  take();
  take();
  assert.equal(asked.length, 1);
  assert.deepEqual(taken, []);
  give(5000n, 1000);
  assert.deepEqual(taken, [5000n, 5001n]);
});

test('the next block is asked for at nine tenths, and used when the first is used up', () => {
  const { asked, taken, take, give } = setUp();
  take();
  give(0n, 20);
  for (let i = 1; i < 17; i++) take();
  assert.equal(asked.length, 0);
  take();
  assert.equal(asked.length, 1);
  give(100n, 20);
  for (let i = 18; i < 22; i++) take();
  assert.deepEqual(taken.slice(-4), [18n, 19n, 100n, 101n]);
  assert.equal(asked.length, 0);
});

test('no id is given twice over many blocks', () => {
  const { asked, taken, take, give } = setUp();
  let next = 0n;
  for (let i = 0; i < 500; i++) {
    take();
    if (asked.length > 0 && i % 3 === 0) {
      give(next, 7);
      next += 7n;
    }
  }
  const ids = taken.filter((one) => typeof one === 'bigint');
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.length > 300);
});

test('a block smaller than the queue serves its first, and the next is asked for', () => {
  const { asked, taken, take, give } = setUp();
  for (let i = 0; i < 3; i++) take();
  give(10n, 2);
  assert.deepEqual(taken, [10n, 11n]);
  assert.equal(asked.length, 1);
  give(50n, 2);
  assert.deepEqual(taken, [10n, 11n, 50n]);
});

test('a controller that refuses, or does not answer, sends clients round again', () => {
  const { clock, asked, taken, take, give } = setUp();
  take();
  asked.shift()!({ errorCode: errorCode.NOT_CONTROLLER, firstId: 0n, count: 0 });
  assert.deepEqual(taken, [errorCode.COORDINATOR_LOAD_IN_PROGRESS]);
  take();
  clock.advance(60_000);
  assert.deepEqual(taken.slice(1), [errorCode.COORDINATOR_LOAD_IN_PROGRESS]);
  // The question is still open: its answer serves those who come later.
  take();
  assert.equal(asked.length, 1);
  give(7n, 10);
  assert.deepEqual(taken.slice(2), [7n]);
});

test('the queue has an end', () => {
  const { taken, take } = setUp();
  for (let i = 0; i < limits.waitingForProducerIds; i++) take();
  assert.equal(taken.length, 0);
  take();
  assert.deepEqual(taken, [errorCode.COORDINATOR_LOAD_IN_PROGRESS]);
});
