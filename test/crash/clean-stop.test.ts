/** SIGTERM under load is a clean shutdown. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import { cleanShutdownFileName, parseOffsetCheckpoint } from '../../engine/log/checkpoints.ts';
import { LoadProducer } from '../support/load-producer.ts';
import { startMillrace } from '../support/millrace.ts';
import { readPartition } from '../support/read-partition.ts';
import { WireClient } from '../support/wire-client.ts';

const topic = 'load';
const partitions = 3;

function checkpoint(directory: string, name: string): Map<number, number> {
  const offsets = new Map<number, number>();
  const isReadable = parseOffsetCheckpoint(readFileSync(join(directory, name)), (of, partition, offset) => {
    if (of === topic) offsets.set(partition, offset);
  });
  assert.ok(isReadable);
  return offsets;
}

test('SIGTERM under load: nothing acknowledged is missing, and the checkpoints tell where the logs end', async (t) => {
  const node = await startMillrace({}, t);
  const setUp = await WireClient.connect(node.port);
  const request = { topics: [{ name: topic, numPartitions: partitions, replicationFactor: 1 }], timeoutMs: 30_000 };
  await setUp.call(apiKey.CreateTopics, 7, request);
  setUp.close();
  const producers = Array.from({ length: partitions }, (_, partition) => {
    return new LoadProducer({ name: `p${partition}`, topic, partition, idempotent: true, inFlight: 5 });
  });
  for (let round = 0; round < 3; round++) {
    let left = 300;
    const acknowledged = (): void => {
      left -= 1;
      if (left === 0) process.kill(node.pid, 'SIGTERM');
    };
    await Promise.all(producers.map((producer) => producer.run(node.port, acknowledged)));
    const { code } = await node.ended;
    assert.equal(code, 0, node.output());
    assert.ok(existsSync(join(node.directory, cleanShutdownFileName)));
    const recoveryPoints = checkpoint(node.directory, 'recovery-point-offset-checkpoint');
    const highWatermarks = checkpoint(node.directory, 'replication-offset-checkpoint');
    await node.restart();
    assert.ok(!existsSync(join(node.directory, cleanShutdownFileName)));
    const client = await WireClient.connect(node.port);
    for (const [partition, producer] of producers.entries()) {
      const records = await readPartition(client, topic, partition);
      assert.equal(highWatermarks.get(partition), records.length);
      // A recovery point lies within the segment that it speaks of: at most one below the end.
      assert.ok(recoveryPoints.get(partition)! >= records.length - 1, `${recoveryPoints.get(partition)}`);
      assert.equal(new Set(records.map(({ value }) => value)).size, records.length);
      for (const { offset, value } of producer.acknowledged) assert.equal(records[offset].value.trimEnd(), value);
    }
    client.close();
  }
  for (const producer of producers) producer.end();
  await Promise.all(producers.map((producer) => producer.run(node.port, () => {})));
  await node.stop();
});
