import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MetricsService } from '#engine/coordinator/metrics-service.ts';
import type { MetricsTask } from '#engine/node/metrics/metrics-task.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { eventually } from '../../../support/storage-client.ts';

/** A thread that does what the test says in place of serving metrics; `workerData` is how often it was started. */
function serviceOf(script: string, isDefault = false) {
  const logger = new MemoryLogger();
  let starts = 0;
  const service = new MetricsService({
    listener: { host: '::1', port: 1, isDefault },
    entry: new URL(`data:text/javascript,${encodeURIComponent(script)}`),
    logger,
    task: () => {
      starts += 1;
      return { nodeId: starts } as MetricsTask;
    },
  });
  const said = (message: string): boolean => logger.lines.some((line) => line.message.includes(message));
  return { service, logger, said, starts: () => starts };
}

const head = "import { parentPort, workerData } from 'node:worker_threads';\n";

test('a thread that dies is started again, and told what it needs anew', async () => {
  const { service, said, starts } = serviceOf(`${head}
    if (workerData.nodeId === 1) throw new Error('dead');
    parentPort.on('message', () => parentPort.close());
    parentPort.postMessage({ kind: 'listening', port: 7 });`);
  service.start();
  await eventually(() => said('the metrics thread died'), 'its death is told of');
  await eventually(() => service.port === 7, 'its successor listens');
  assert.equal(starts(), 2);
  assert.ok(said('metrics on http://[::1]:7/metrics, health on /healthz'));
  await service.close();
  assert.equal(starts(), 2);
});

test('one that cannot listen is given up: an error where it was asked for, a warning where it was not', async () => {
  for (const isDefault of [false, true]) {
    const script = `${head}parentPort.postMessage({ kind: 'refused', message: 'the port is in use' });`;
    const { service, logger, starts } = serviceOf(script, isDefault);
    service.start();
    const line = await eventually(() => logger.lines[0] ?? false, 'it is told of');
    assert.match(line.message, /^metrics are not served/);
    assert.equal(line.level, isDefault ? 'warn' : 'error');
    await service.close();
    assert.equal(starts(), 1);
  }
});

test('one that dies while it is told to end has ended', async () => {
  const { service, starts } = serviceOf(`${head}
    parentPort.on('message', () => { throw new Error('at the end'); });
    parentPort.postMessage({ kind: 'listening', port: 7 });`);
  service.start();
  await eventually(() => service.port === 7, 'it listens');
  await service.close();
  assert.equal(starts(), 1);
});
