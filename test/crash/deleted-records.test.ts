/** Records that were deleted are not there again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMillrace } from '../support/millrace.ts';
import { StorageClient } from '../support/storage-client.ts';

test('what DeleteRecords was answered for stays deleted over kill -9', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('t', 2), 0);
  for (const partition of [0, 1]) assert.equal((await client.produce('t', partition, { count: 10 })).errorCode, 0);
  assert.deepEqual(await client.deleteRecords('t', 0, 7), { code: 0, low: 7 });
  assert.deepEqual(await client.deleteRecords('t', 1, -1), { code: 0, low: 10 });
  await node.kill();
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.equal(await again.offset('t', 0, -2), 7);
  assert.equal(await again.offset('t', 1, -2), 10);
  assert.equal((await again.produce('t', 1)).errorCode, 0);
  assert.equal(await again.offset('t', 1, -1), 11);
});
