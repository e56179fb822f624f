import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

const module = new URL('../../../../engine/io/collect-when-idle.ts', import.meta.url);

/** Leaves garbage behind in a heap that V8 has no reason to collect, and says how much of it there is, again and again. */
const program = `
  const { getHeapStatistics } = require('node:v8');
  const { parentPort } = require('node:worker_threads');
  let kept = Array.from({ length: 100_000 }, (_, index) => ({ index, text: 'garbage ' + index }));
  kept = undefined;
  parentPort.postMessage(getHeapStatistics().used_heap_size);
  import(${JSON.stringify(module.href)}).then(({ collectWhenIdle }) => {
    collectWhenIdle();
    setInterval(() => parentPort.postMessage(getHeapStatistics().used_heap_size), 200);
  });
`;

test('what a start leaves behind in a heap is given back once its thread is idle', async () => {
  const worker = new Worker(program, { eval: true });
  try {
    const [before] = (await once(worker, 'message')) as [number];
    let now = before;
    while (now > before - 4_000_000) [now] = (await once(worker, 'message')) as [number];
    assert.ok(now < before);
  } finally {
    await worker.terminate();
  }
});
