/** Requests larger than the memory that threads hand to each other in one piece. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { startMillrace } from '../support/millrace.ts';
import { readPartition } from '../support/read-partition.ts';
import { WireClient } from '../support/wire-client.ts';

const partitions = 6;

test('a produce of many megabytes to partitions of all threads is appended and read', async (t) => {
  const node = await startMillrace({ properties: { 'message.max.bytes': '60000000', 'num.io.threads': '3' } }, t);
  const expected: number[] = [];
  // Several connections: they are served by different threads.
  for (let connection = 0; connection < 4; connection++) {
    const client = await WireClient.connect(node.port);
    t.after(() => client.close());
    if (connection === 0) {
      const topic = { name: 'large', numPartitions: partitions, replicationFactor: 1 };
      await client.call(apiKey.CreateTopics, 7, { topics: [topic], timeoutMs: 30_000 });
    }
    for (const kibibytes of [100, 900, 3900, 5000, 1]) {
      const records = new BatchBuilder().append(Date.now(), null, new Uint8Array(kibibytes << 10)).build(checksum);
      const partitionData = Array.from({ length: partitions }, (_, index) => ({ index, records }));
      const request = { acks: -1, timeoutMs: 30_000, topicData: [{ name: 'large', partitionData }] };
      const { responses } = (await client.call(apiKey.Produce, 9, request)) as ProduceResponse;
      const codes = responses[0].partitionResponses.map((answer) => answer.errorCode);
      assert.deepEqual(codes, new Array(partitions).fill(errorCode.NONE), `${kibibytes} KiB`);
      expected.push(kibibytes << 10);
    }
  }
  const client = await WireClient.connect(node.port);
  t.after(() => client.close());
  for (let partition = 0; partition < partitions; partition++) {
    const records = await readPartition(client, 'large', partition);
    assert.deepEqual(
      records.map(({ value }) => value.length),
      expected,
    );
  }
  await node.stop();
});
