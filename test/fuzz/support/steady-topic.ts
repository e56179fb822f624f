/** The world still serves: a record goes to each partition of a topic that no request names, and comes back. */

import { apiRow } from '#engine/protocol/api-table.ts';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { Reader } from '#engine/protocol/reader.ts';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { checksum } from '#native/checksum.ts';
import { fetchMessage, produceMessage, recordsIn, versions } from '../../support/client-calls.ts';
import type { FakeClient } from '../../support/shard-group.ts';
import { type FuzzNode, steadyTopic } from './fuzz-node.ts';
import { encodeBody, requestOf, withSize } from './served-apis.ts';
import { FuzzFailure } from './target.ts';

export async function checkSteady(node: FuzzNode): Promise<void> {
  const client = node.connect(0);
  const nowMs = node.group.clock.wallMs();
  const records = new BatchBuilder().append(nowMs, null, Buffer.from(`at ${nowMs}`)).build(checksum);
  const batches = [0, 1].map((partition) => ({ topic: steadyTopic, partition, records }));
  const produced = (await call(node, client, 0, versions.produce, produceMessage(batches))) as ProduceResponse;
  const offsets = new Map<number, number>();
  for (const { index, errorCode, baseOffset } of produced.responses.flatMap((topic) => topic.partitionResponses)) {
    if (errorCode !== 0) throw new FuzzFailure(`a normal produce is answered ${errorCode}`);
    offsets.set(index, Number(baseOffset));
  }
  const fetched = (await call(node, client, 1, versions.fetch, fetchMessage(steadyTopic, offsets))) as FetchResponse;
  const partitions = fetched.responses.flatMap((topic) => topic.partitions);
  for (const { partitionIndex, errorCode, records: found } of partitions) {
    const values = recordsIn(found ?? new Uint8Array(0)).map(({ value }) => String(value));
    if (errorCode !== 0 || values[0] !== `at ${nowMs}`) {
      throw new FuzzFailure(`partition ${partitionIndex}: a normal fetch is answered ${errorCode} and ${values}`);
    }
  }
  if (offsets.size !== 2 || partitions.length !== 2) throw new FuzzFailure('not all partitions are answered');
  client.close();
}

async function call(
  node: FuzzNode,
  client: FakeClient,
  key: number,
  version: number,
  message: object,
): Promise<object> {
  const row = apiRow(key)!;
  const [request, response] = await Promise.all([row.loadRequest(), row.loadResponse()]);
  client.send(withSize(requestOf(row, version, 1, encodeBody(request, message, version))));
  const answers: Uint8Array[] = [];
  await node.settle(() => answers.push(...client.answers()) > 0 || client.isDestroyed, 100);
  if (answers.length !== 1) throw new FuzzFailure(`a normal request of ${row.name} is not answered`);
  const reader = new Reader(answers[0]!, 4);
  if (row.responseHeaderVersion(version) === 1) reader.skipTags();
  return response.decode(reader, version);
}
