import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { createDoorbells, ringDoorbell } from '#engine/ring/doorbell.ts';
import { Sleeper } from '#engine/ring/wait.ts';

/** A pending wait does not keep the event loop alive; an open port does. */
async function rung(start: (onRing: () => void) => void): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const ring = once(port2, 'message');
  start(() => port1.postMessage('rung'));
  await ring;
  port1.close();
}

test('only a sleeper is woken, and once', async () => {
  const doorbells = createDoorbells(3);
  const words = new Int32Array(doorbells);
  await rung((onRing) => {
    const sleeper = new Sleeper(doorbells, 1, onRing);
    assert.equal(ringDoorbell(words, 1), false, 'awake');
    sleeper.prepareToSleep();
    assert.equal(sleeper.sleep(), true);
    assert.equal(ringDoorbell(words, 0), false, 'somebody else is not asleep');
    assert.equal(ringDoorbell(words, 2), false);
    assert.equal(ringDoorbell(words, 1), true);
    assert.equal(ringDoorbell(words, 1), false, 'it is awake now');
  });
});

test('a bell that rang between the flag and the sleep keeps the thread awake', () => {
  const doorbells = createDoorbells(1);
  const sleeper = new Sleeper(doorbells, 0, () => assert.fail('there was no wait'));
  sleeper.prepareToSleep();
  assert.equal(ringDoorbell(new Int32Array(doorbells), 0), true);
  assert.equal(sleeper.sleep(), false);
});

test('turns begun by other events use the pending wait again, and it still wakes', async () => {
  const doorbells = createDoorbells(1);
  const words = new Int32Array(doorbells);
  let rings = 0;
  await rung((onRing) => {
    const sleeper = new Sleeper(doorbells, 0, () => {
      rings++;
      onRing();
    });
    for (let turn = 0; turn < 5; turn++) {
      sleeper.stayAwake();
      assert.equal(ringDoorbell(words, 0), false);
      sleeper.prepareToSleep();
      assert.equal(sleeper.sleep(), true);
    }
    assert.equal(ringDoorbell(words, 0), true);
    // Before the callback of that ring has run, another turn may end and the bell ring once more.
    sleeper.stayAwake();
    sleeper.prepareToSleep();
    assert.equal(sleeper.sleep(), true);
    assert.equal(ringDoorbell(words, 0), true);
  });
  assert.equal(rings, 1, 'one wait, one wake-up');
});

test('a thread without a doorbell is refused', () => {
  assert.throws(() => new Sleeper(createDoorbells(2), 2, () => {}), /no such thread/);
});
