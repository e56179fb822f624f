/** Faults of brokers that were found elsewhere (CVEs, Kafka's own bug reports), asked of a running node. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import type { DeleteTopicsResponse } from '#engine/protocol/generated/delete-topics-response.js';
import type { DescribeConfigsResponse } from '#engine/protocol/generated/describe-configs-response.js';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import type { IncrementalAlterConfigsResponse } from '#engine/protocol/generated/incremental-alter-configs-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { batchOf, createTopic, produce, readAll, recordsIn } from '../support/client-calls.ts';
import { EmbeddedNode } from '../support/embedded-node.ts';
import { startMillrace } from '../support/millrace.ts';
import { PipelinedClient } from '../support/pipelined-client.ts';

const brokerResource = 4;

test('passwords are in no answer, and in no line of the log at its most talkative (CVE-2026-33558)', async (t) => {
  const [atStart, later] = ['hush-at-start', 'hush-later'];
  const key = 'ssl.keystore.password';
  const node = await startMillrace({ properties: { [key]: atStart }, env: { MILLRACE_LOG_LEVEL: 'trace' } }, t);
  const client = await PipelinedClient.connect(node.port);
  for (const name of [key, `listener.name.plaintext.${key}`]) {
    const configs = [{ name, configOperation: 0, value: later }];
    const resources = [{ resourceType: brokerResource, resourceName: '1', configs }];
    const altered = await client.call<IncrementalAlterConfigsResponse>(44, 1, { resources, validateOnly: false });
    assert.ok(!JSON.stringify(altered).includes('hush'));
  }
  const resources = [{ resourceType: brokerResource, resourceName: '1', configurationKeys: null }];
  const request = { resources, includeSynonyms: true, includeDocumentation: true };
  const described = await client.call<DescribeConfigsResponse>(32, 4, request);
  assert.ok(described.results[0]!.configs.some(({ name, isSensitive }) => name === key && isSensitive));
  const text = JSON.stringify(described, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  assert.ok(!text.includes('hush'));
  client.close();
  await node.stop();
  assert.ok(node.lines.length > 3, 'the log says something');
  assert.ok(!node.output().includes('hush'), node.output());
});

test('the id of a topic that was deleted names nothing, whatever has its name now', async (t) => {
  const node = await EmbeddedNode.start(t);
  await createTopic(node.port, 'again', 2);
  const client = await PipelinedClient.connect(node.port);
  const poller = await PipelinedClient.connect(node.port);
  const oldId = await idOf(client, 'again');
  await produceById(client, oldId, 'old');
  const session = await fetchById(client, oldId, { sessionEpoch: 0 });
  assert.deepEqual(valuesOf(session), ['old']);
  const polled = fetchById(poller, oldId, { fetchOffset: 1n, maxWaitMs: 20_000 });
  const topics = [{ name: 'again', topicId: 'AAAAAAAAAAAAAAAAAAAAAA' }];
  const deleted = await client.call<DeleteTopicsResponse>(20, 6, { topics, timeoutMs: 30_000 });
  assert.equal(deleted.responses[0]!.errorCode, 0);
  // What waited for the old topic is told, and not of the new one's records.
  assert.notEqual(codeOf(await polled), 0);
  await createTopic(node.port, 'again', 2);
  const newId = await idOf(client, 'again');
  assert.notEqual(newId, oldId);
  for (const value of ['new', 'newer']) assert.equal(await produceById(client, newId, value), 0);
  assert.equal(await produceById(client, oldId, 'stale'), errorCode.UNKNOWN_TOPIC_ID);
  assert.equal(codeOf(await fetchById(client, oldId)), errorCode.UNKNOWN_TOPIC_ID);
  const step = { sessionId: session.sessionId, sessionEpoch: 1, topics: [] };
  const inSession = await fetchById(client, oldId, step);
  assert.deepEqual(valuesOf(inSession), []);
  assert.equal(codeOf(inSession), errorCode.UNKNOWN_TOPIC_ID);
  assert.deepEqual((await readAll(node.port, 'again', 0)).map(String), ['new', 'newer']);
  client.close();
  poller.close();
});

test('a client that says it is a replica moves no watermark and ends no wait (CVE-2018-1288)', async (t) => {
  const node = await EmbeddedNode.start(t);
  await createTopic(node.port, 'mine', 1);
  const client = await PipelinedClient.connect(node.port);
  await produce(client, [{ topic: 'mine', partition: 0, records: batchOf([Buffer.from('one')]) }]);
  const id = await idOf(client, 'mine');
  const before = await fetchById(client, id);
  for (const replicaId of [0, 1, 2, 2 ** 31 - 1]) {
    const answer = await fetchById(client, id, { replicaState: { replicaId, replicaEpoch: -1n }, fetchOffset: 1n }, 15);
    assert.equal(codeOf(answer), errorCode.NOT_LEADER_OR_FOLLOWER);
    assert.deepEqual(valuesOf(answer), []);
  }
  const after = await fetchById(client, id);
  const watermark = (response: FetchResponse) => response.responses[0]!.partitions[0]!.highWatermark;
  assert.equal(watermark(after), watermark(before));
  client.close();
});

async function idOf(client: PipelinedClient, name: string): Promise<string> {
  const topics = [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAA', name }];
  const request = { topics, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };
  return (await client.call<MetadataResponse>(3, 12, request)).topics[0]!.topicId;
}

async function produceById(client: PipelinedClient, topicId: string, value: string): Promise<number> {
  const partitionData = [{ index: 0, records: batchOf([Buffer.from(value)]) }];
  const request = { transactionalId: null, acks: -1, timeoutMs: 30_000, topicData: [{ topicId, partitionData }] };
  const answer = await client.call<ProduceResponse>(0, 13, request);
  return answer.responses[0]!.partitionResponses[0]!.errorCode;
}

interface FetchChoices {
  readonly fetchOffset?: bigint;
  readonly maxWaitMs?: number;
  readonly sessionId?: number;
  readonly sessionEpoch?: number;
  readonly topics?: readonly object[];
  readonly replicaState?: object;
}

function fetchById(
  client: PipelinedClient,
  topicId: string,
  choices: FetchChoices = {},
  version = 13,
): Promise<FetchResponse> {
  const { fetchOffset = 0n, maxWaitMs = 100, sessionId = 0, sessionEpoch = -1, replicaState } = choices;
  const unknown = { currentLeaderEpoch: -1, lastFetchedEpoch: -1, logStartOffset: -1n };
  const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 1 << 20, ...unknown }];
  const limits = { maxWaitMs, minBytes: 1, maxBytes: 1 << 20, isolationLevel: 0 };
  const topics = choices.topics ?? [{ topicId, partitions }];
  const replica = replicaState === undefined ? {} : { replicaState };
  return client.call<FetchResponse>(1, version, {
    ...limits,
    ...replica,
    sessionId,
    sessionEpoch,
    topics,
    forgottenTopicsData: [],
    rackId: '',
  });
}

function codeOf(response: FetchResponse): number {
  return response.errorCode !== 0 ? response.errorCode : (response.responses[0]?.partitions[0]?.errorCode ?? 0);
}

function valuesOf(response: FetchResponse): string[] {
  const partitions = response.responses.flatMap((topic) => topic.partitions);
  return partitions.flatMap(({ records }) => recordsIn(records ?? new Uint8Array(0)).map(({ value }) => String(value)));
}
