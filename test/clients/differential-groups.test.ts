/**
 * The same courses of group requests told to Apache Kafka and to a node of ours: their answers agree in every field, apart
 * from ids, ports and wording. Then what both have written: Apache's tool reads ours as it reads its own.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { type ApacheKafka, startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { awaitCoordinator, Listener, type Told } from '../support/group-listener.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { WireClient } from '../support/wire-client.ts';
import { groupStories } from './group-stories.ts';

/** Named in both configurations, so that they are neither's choice. */
const properties = {
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'group.initial.rebalance.delay.ms': '0',
  'group.max.size': '3',
  'group.min.session.timeout.ms': '300',
};

let apache: ApacheKafka | undefined;
let ours: Millrace | undefined;
let topicIds: readonly ReadonlyMap<string, string>[] = [];

before(async () => {
  if (!requireApacheKafka({ skip: () => {} })) return;
  [apache, ours] = await Promise.all([startApacheKafka({ properties }), startMillrace({ properties })]);
  topicIds = await Promise.all([apache, ours].map(({ port }) => populate(port)));
});

after(async () => {
  await apache?.stop();
  await ours?.[Symbol.asyncDispose]();
});

/** Topics a and b with three partitions each; answers their ids when they have leaders and groups are served. */
async function populate(port: number): Promise<Map<string, string>> {
  const client = await WireClient.connect(port);
  const names = ['a', 'b'];
  const wanted = names.map((name) => ({ name, numPartitions: 3, replicationFactor: 1 }));
  await client.call(apiKey.CreateTopics, 7, { topics: wanted, timeoutMs: 30_000 });
  for (;;) {
    const request = { topics: names.map((name) => ({ name })), allowAutoTopicCreation: false };
    const { topics } = (await client.call(apiKey.Metadata, 12, request)) as MetadataResponse;
    const led = topics.every(({ partitions }) => partitions.length > 0 && partitions.every((p) => p.errorCode === 0));
    if (led) {
      client.close();
      const ids = new Map(topics.map(({ name, topicId }) => [name ?? '', topicId]));
      const listener = new Listener(port, ids);
      await awaitCoordinator(listener);
      listener.close();
      return ids;
    }
    await delay(50);
  }
}

async function tell(
  story: (node: Listener) => Promise<void>,
  port: number,
  ids: ReadonlyMap<string, string>,
): Promise<readonly Told[]> {
  const listener = new Listener(port, ids);
  try {
    await story(listener);
  } finally {
    listener.close();
  }
  return listener.told;
}

for (const [name, story] of Object.entries(groupStories)) {
  test(`${name}: every answer is Apache Kafka's`, async (t) => {
    if (apache === undefined || ours === undefined) {
      requireApacheKafka(t);
      return;
    }
    const theirs = await tell(story, apache.port, topicIds[0]!);
    const told = await tell(story, ours.port, topicIds[1]!);
    for (const [index, [label, answer]] of theirs.entries()) assert.deepEqual(told[index], [label, answer]);
    assert.equal(told.length, theirs.length);
  });
}

/** What Apache's dump says of the records of the offsets topic, without what is of chance or time. */
async function dump(tools: ApacheTools, directory: string): Promise<string[]> {
  const file = join(directory, '__consumer_offsets-0', '00000000000000000000.log');
  const text = await tools.output(tool.dumpLogSegments, ['--offsets-decoder', '--files', file]);
  const plain = text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\d{13}/g, 'TIME')
    .replaceAll(/"topicId":"[\w-]{22}"/g, '"topicId":"ID"')
    .replaceAll(/position: \d+|crc: \d+/g, '');
  const lines = plain.split('\n').filter((line) => line.startsWith('baseOffset') || line.startsWith('|'));
  return lines.map(withSortedMembers);
}

/** Apache Kafka writes members in the order of their hashes, which is one of chance. */
function withSortedMembers(line: string): string {
  const list = /"members":(\[.+\])/.exec(line)?.[1];
  if (list === undefined) return line;
  const members = JSON.parse(list) as { assignment: string }[];
  members.sort((a, b) => (a.assignment < b.assignment ? -1 : 1));
  return line.replace(list, JSON.stringify(members));
}

test('the offsets topic holds the records that Apache Kafka writes for the same requests', async (t) => {
  if (apache === undefined || ours === undefined) {
    requireApacheKafka(t);
    return;
  }
  const tools = new ApacheTools();
  t.after(() => tools.close());
  const theirs = await dump(tools, apache.logDirectory);
  assert.ok(theirs.length > 50);
  assert.deepEqual(await dump(tools, ours.directory), theirs);
});
