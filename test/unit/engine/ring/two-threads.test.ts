import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createDoorbells } from '#engine/ring/doorbell.ts';
import { createRing } from '#engine/ring/ring.ts';
import type { RingPeerResult, RingPeerSetup } from '../../../support/ring-peer.ts';

const requests = 100_000;

test('two threads under stress: every chunk arrives whole and in order, and all comes back', async (context) => {
  // As tight as the limits allow, so that full rings, empty rings and an empty arena are met all the time.
  const rings = [createRing(32, 0x7fffffff - 1000), createRing(32, 0x7fffffff - 1000)];
  const doorbells = createDoorbells(2);
  const workers = [0, 1].map((self) => {
    const workerData: RingPeerSetup = {
      self,
      requests,
      credits: 12,
      controlSlots: 4,
      out: rings[self],
      into: rings[1 - self],
      doorbells,
    };
    return new Worker(new URL('../../../support/ring-peer.ts', import.meta.url), { workerData });
  });
  try {
    const arenas = await Promise.all(workers.map((worker) => once(worker, 'message')));
    const ends = workers.map((worker) => once(worker, 'message'));
    workers.forEach((worker, self) => {
      worker.postMessage(arenas[1 - self][0]);
    });
    for (const [result] of (await Promise.all(ends)) as [RingPeerResult][]) {
      assert.deepEqual(
        [result.completed, result.checked, result.damaged, result.outOfOrder, result.outstanding],
        [requests, requests, 0, 0, 0],
      );
      assert.deepEqual(result.after, result.before, 'chunks and counts are what they were before');
      assert.ok(result.sleeps > 0 && result.wakeups > 0, 'the threads did sleep');
      context.diagnostic(`slept ${result.sleeps} times, woken ${result.wakeups} times`);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
});
