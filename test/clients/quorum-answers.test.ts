/** What replicas of the metadata log are answered when they ask for what cannot be, here and by Apache Kafka. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { zeroUuid } from '#engine/base/brands.ts';
import { apiKey } from '#engine/protocol/api-table.ts';
import { metadataTopicId } from '#engine/protocol/uuid.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { startMillrace } from '../support/millrace.ts';
import { WireClient } from '../support/wire-client.ts';

const other = 'b3RoZXItY2x1c3Rlci0wMQ';
const stranger = 'c3RyYW5nZXItZGlyLTAwMQ';
const topicName = '__cluster_metadata';

type Case = readonly [what: string, key: number, version: number, message: (directoryId: string) => object];

const named = (partition: object, name = topicName) => [
  { topicName: name, partitions: [{ partitionIndex: 0, ...partition }] },
];
const preVote = {
  replicaEpoch: 1,
  replicaId: 2,
  replicaDirectoryId: stranger,
  lastOffsetEpoch: 1,
  lastOffset: 1000n,
  preVote: true,
};

const votes: readonly Case[] = [
  ['a vote of another cluster', apiKey.Vote, 2, () => ({ clusterId: other, topics: named(preVote) })],
  ['a vote about another topic', apiKey.Vote, 2, () => ({ topics: named(preVote, 'topic') })],
  ['a vote about nothing', apiKey.Vote, 2, () => ({ topics: [] })],
  [
    'a vote of an epoch that is over',
    apiKey.Vote,
    2,
    (id) => ({ voterId: 1, topics: named({ ...preVote, voterDirectoryId: id, replicaEpoch: 0, lastOffsetEpoch: 0 }) }),
  ],
  [
    'a vote with a log from the future',
    apiKey.Vote,
    2,
    (id) => ({ voterId: 1, topics: named({ ...preVote, voterDirectoryId: id, lastOffsetEpoch: 7 }) }),
  ],
  [
    'a vote for another voter',
    apiKey.Vote,
    2,
    () => ({ voterId: 9, topics: named({ ...preVote, voterDirectoryId: stranger }) }),
  ],
  [
    'a vote for another directory',
    apiKey.Vote,
    2,
    () => ({ voterId: 1, topics: named({ ...preVote, voterDirectoryId: stranger }) }),
  ],
  [
    'a vote that a leader does not give',
    apiKey.Vote,
    2,
    (id) => ({ voterId: 1, topics: named({ ...preVote, voterDirectoryId: id }) }),
  ],
  ['a vote that names no voter', apiKey.Vote, 2, () => ({ topics: named(preVote) })],
];

/** A second leader of one epoch is not among them: Apache Kafka's process ends with that. */
const epochs: readonly Case[] = [
  [
    'a beginning of another cluster',
    apiKey.BeginQuorumEpoch,
    1,
    () => ({ clusterId: other, topics: named({ leaderId: 2, leaderEpoch: 1 }) }),
  ],
  [
    'a beginning that is over',
    apiKey.BeginQuorumEpoch,
    1,
    () => ({ voterId: 1, topics: named({ leaderId: 2, leaderEpoch: 0 }) }),
  ],
  [
    'an end of another cluster',
    apiKey.EndQuorumEpoch,
    1,
    () => ({ clusterId: other, topics: named({ leaderId: 2, leaderEpoch: 1 }) }),
  ],
  ['an end that is over', apiKey.EndQuorumEpoch, 1, () => ({ topics: named({ leaderId: 2, leaderEpoch: 0 }) })],
  [
    'an end about another topic',
    apiKey.EndQuorumEpoch,
    1,
    () => ({ topics: named({ leaderId: 2, leaderEpoch: 1 }, 'topic') }),
  ],
];

const fetch = (partition: object, more: object = {}) => ({
  replicaState: { replicaId: 5 },
  maxWaitMs: 0,
  maxBytes: 1000,
  topics: [
    {
      topicId: metadataTopicId,
      partitions: [{ partition: 0, currentLeaderEpoch: 1, fetchOffset: 0n, lastFetchedEpoch: 0, ...partition }],
    },
  ],
  ...more,
});

const fetches: readonly Case[] = [
  ['a fetch of another cluster', apiKey.Fetch, 17, () => fetch({}, { clusterId: other })],
  [
    'a fetch of another topic',
    apiKey.Fetch,
    17,
    () => ({ ...fetch({}), topics: [{ topicId: stranger, partitions: [{ partition: 0 }] }] }),
  ],
  ['a fetch in an epoch that is over', apiKey.Fetch, 17, () => fetch({ currentLeaderEpoch: 0 })],
  ['a fetch in an epoch to come', apiKey.Fetch, 17, () => fetch({ currentLeaderEpoch: 99 })],
  ['a fetch in no epoch', apiKey.Fetch, 17, () => fetch({ currentLeaderEpoch: -1 })],
  ['a fetch before the beginning', apiKey.Fetch, 17, () => fetch({ fetchOffset: -1n })],
  ['a fetch that waits less than nothing', apiKey.Fetch, 17, () => fetch({}, { maxWaitMs: -1 })],
  ['a fetch behind no epoch', apiKey.Fetch, 17, () => fetch({ lastFetchedEpoch: -1 })],
];

const snapshot = (partition: object, more: object = {}, name = topicName) => ({
  replicaId: 5,
  maxBytes: 1000,
  topics: [
    {
      name,
      partitions: [
        {
          partition: 0,
          currentLeaderEpoch: 1,
          replicaDirectoryId: stranger,
          snapshotId: { endOffset: 123456n, epoch: 1 },
          position: 0n,
          ...partition,
        },
      ],
    },
  ],
  ...more,
});

const snapshots: readonly Case[] = [
  ['a snapshot of another cluster', apiKey.FetchSnapshot, 1, () => snapshot({}, { clusterId: other })],
  ['a snapshot of another topic', apiKey.FetchSnapshot, 1, () => snapshot({}, {}, 'topic')],
  ['a snapshot that is not there', apiKey.FetchSnapshot, 1, () => snapshot({})],
  ['a snapshot in an epoch that is over', apiKey.FetchSnapshot, 1, () => snapshot({ currentLeaderEpoch: 0 })],
  ['a snapshot in an epoch to come', apiKey.FetchSnapshot, 1, () => snapshot({ currentLeaderEpoch: 9 })],
  [
    'a snapshot behind its end',
    apiKey.FetchSnapshot,
    1,
    () => snapshot({ snapshotId: { endOffset: 0n, epoch: 0 }, position: 1_000_000n }),
  ],
  [
    'a snapshot before its beginning',
    apiKey.FetchSnapshot,
    1,
    () => snapshot({ snapshotId: { endOffset: 0n, epoch: 0 }, position: -1n }),
  ],
];

const listeners = [{ name: 'CONTROLLER', host: '127.0.0.1', port: 1 }];
const addition = { timeoutMs: 1000, voterId: 7, voterDirectoryId: stranger, listeners };
const range = { kRaftVersionFeature: { minSupportedVersion: 0, maxSupportedVersion: 1 }, listeners };

const voters: readonly Case[] = [
  ['a voter of another cluster', apiKey.AddRaftVoter, 0, () => ({ ...addition, clusterId: other })],
  ['a voter without an id', apiKey.AddRaftVoter, 0, () => ({ ...addition, voterId: -1 })],
  ['a voter without a directory', apiKey.AddRaftVoter, 0, () => ({ ...addition, voterDirectoryId: zeroUuid })],
  ['a voter that is nowhere', apiKey.AddRaftVoter, 0, () => ({ ...addition, listeners: [] })],
  [
    'a voter without the listener',
    apiKey.AddRaftVoter,
    0,
    () => ({ ...addition, listeners: [{ name: 'X', host: 'h', port: 1 }] }),
  ],
  ['a voter that is one', apiKey.AddRaftVoter, 0, (id) => ({ ...addition, voterId: 1, voterDirectoryId: id })],
  ['a voter that does not answer', apiKey.AddRaftVoter, 0, () => addition],
  [
    'the end of a voter of another cluster',
    apiKey.RemoveRaftVoter,
    0,
    () => ({ clusterId: other, voterId: 1, voterDirectoryId: stranger }),
  ],
  ['the end of no voter', apiKey.RemoveRaftVoter, 0, () => ({ voterId: 9, voterDirectoryId: stranger })],
  [
    'the end of a voter with another disk',
    apiKey.RemoveRaftVoter,
    0,
    () => ({ voterId: 1, voterDirectoryId: stranger }),
  ],
  [
    'news of a voter of another cluster',
    apiKey.UpdateRaftVoter,
    0,
    () => ({ ...range, clusterId: other, voterId: 1, voterDirectoryId: stranger, currentLeaderEpoch: 1 }),
  ],
  [
    'news of no voter',
    apiKey.UpdateRaftVoter,
    0,
    () => ({ ...range, voterId: 9, voterDirectoryId: stranger, currentLeaderEpoch: 1 }),
  ],
  [
    'news in an epoch that is over',
    apiKey.UpdateRaftVoter,
    0,
    (id) => ({ ...range, voterId: 1, voterDirectoryId: id, currentLeaderEpoch: 0 }),
  ],
];

/** Every error code, leader and epoch of an answer, in order. */
function essence(answer: unknown, found: string[] = []): string[] {
  if (Array.isArray(answer)) for (const each of answer) essence(each, found);
  else if (typeof answer === 'object' && answer !== null && !(answer instanceof Uint8Array)) {
    for (const [key, value] of Object.entries(answer)) {
      const isTold = ['errorCode', 'leaderId', 'leaderEpoch', 'voteGranted'].includes(key);
      if (isTold) found.push(`${key}=${String(value)}`);
      else essence(value, found);
    }
  }
  return found;
}

async function answers(port: number, directory: string, cases: readonly Case[]): Promise<Map<string, string>> {
  const properties = readFileSync(join(directory, 'meta.properties'), 'utf8');
  const directoryId = /directory\.id=(.*)/.exec(properties)![1]!;
  const clusterId = /cluster\.id=(.*)/.exec(properties)![1]!;
  const found = new Map<string, string>();
  for (const [what, key, version, message] of cases) {
    const client = await WireClient.connect(port);
    try {
      found.set(what, essence(await client.call(key, version, { clusterId, ...message(directoryId) })).join(' '));
    } catch (error) {
      found.set(what, (error as Error).name);
    } finally {
      client.close();
    }
  }
  return found;
}

test('a quorum of one answers as that of Apache Kafka does', async (t) => {
  if (!requireApacheKafka(t)) return;
  const apache = await startApacheKafka({ heapMb: 256 });
  t.after(() => apache.stop());
  const ours = await startMillrace({}, t);
  const cases = [...votes, ...epochs, ...fetches, ...voters];
  const expected = await answers(apache.controllerPort, apache.logDirectory, cases);
  const actual = await answers(ours.controllerPort, ours.directory, cases);
  assert.deepEqual(Object.fromEntries(actual), Object.fromEntries(expected));
});

/** Apache Kafka answers each of these UNKNOWN_SERVER_ERROR: it means other codes, and fails to write them. */
test('a snapshot that cannot be had is refused with the code that says why', async (t) => {
  const ours = await startMillrace({}, t);
  const found = await answers(ours.controllerPort, ours.directory, snapshots);
  assert.deepEqual(
    [...found.values()].map((answer) => /errorCode=(\d+)(?: errorCode=(\d+))?/.exec(answer)!.slice(1, 3)),
    [
      ['104', undefined],
      ['0', '3'],
      ['0', '98'],
      ['0', '74'],
      ['0', '75'],
      ['0', '99'],
      ['0', '99'],
    ],
  );
});
