import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { recordKey } from '#engine/metadata/metadata-record.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeLogDirsResponse } from '#engine/protocol/generated/describe-log-dirs-response.js';
import { batchOf, createTopic, produce } from '../support/client-calls.ts';
import { ask } from '../support/cluster-calls.ts';
import { readMetadataRecords } from '../support/metadata-records.ts';
import { startMillrace } from '../support/millrace.ts';
import { eventually } from '../support/millrace-cluster.ts';
import { PipelinedClient } from '../support/pipelined-client.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const partitions = 6;

test('the controller learns in which of several directories replicas lie', async (t) => {
  const home = makeTempDir('millrace-two-');
  t.after(() => removeTempDir(home));
  const directories = [join(home, 'a'), join(home, 'b')];
  const node = await startMillrace({ properties: { 'log.dirs': directories.join(',') } }, t);
  await createTopic(node.port, 'spread', partitions);
  const client = await PipelinedClient.connect(node.port);
  const records = batchOf([Buffer.from('x')]);
  for (let partition = 0; partition < partitions; partition++) {
    await produce(client, [{ topic: 'spread', partition, records: records.slice() }]);
  }
  client.close();
  const described = await ask<DescribeLogDirsResponse>(node.port, apiKey.DescribeLogDirs, 4, { topics: null });
  const pathOf = new Map<number, string>();
  for (const { logDir, topics } of described.results) {
    for (const { partitionIndex } of topics.find(({ name }) => name === 'spread')?.partitions ?? []) {
      pathOf.set(partitionIndex, logDir);
    }
  }
  assert.deepEqual(new Set(pathOf.values()), new Set(directories));
  const assigned = await eventually(async () => {
    const found = new Map<number, string>();
    for (const { apiKey: key, message } of await readMetadataRecords(directories[0]!)) {
      if (key !== recordKey.partitionChange || message.directories === null) continue;
      found.set(message.partitionId as number, (message.directories as string[])[0]!);
    }
    return found.size === partitions ? found : undefined;
  }, 'a directory for each partition');
  // Two partitions have the same directory id where they lie in the same directory, and only there.
  for (const [one, path] of pathOf) {
    for (const [other, otherPath] of pathOf) {
      assert.equal(assigned.get(one) === assigned.get(other), path === otherPath, `${one} and ${other}`);
    }
  }
});
