import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { testBatch } from '../support/log-fixture.ts';

/** A request that both brokers get; topics stand by name in `topicId` and are replaced by that broker's ids. */
export interface DifferentialCase {
  readonly label: string;
  readonly key: number;
  readonly version: number;
  readonly message: object;
}

const unknownId = 'AAAAAAAAAAAAAAAAAAAAAQ';
const consumer = { replicaId: -1 };

function versions(label: string, key: number, from: number, to: number, message: (version: number) => object) {
  return Array.from({ length: to - from + 1 }, (_, i): DifferentialCase => {
    const version = from + i;
    return { label: `${label}, version ${version}`, key, version, message: message(version) };
  });
}

function one(label: string, key: number, version: number, message: object): DifferentialCase {
  return { label, key, version, message };
}

const at = (partitionIndex: number, timestamp: bigint, currentLeaderEpoch = -1) => ({
  partitionIndex,
  timestamp,
  currentLeaderEpoch,
});

function listOffsets(label: string, topics: object[], more: object = {}): DifferentialCase {
  return one(`ListOffsets: ${label}`, apiKey.ListOffsets, 11, { ...consumer, topics, timeoutMs: 1000, ...more });
}

const listOffsetsCases = [
  ...versions('ListOffsets', apiKey.ListOffsets, 1, 11, () => ({
    ...consumer,
    topics: [
      { name: 'a', partitions: [0, 1, 2].map((index) => ({ partitionIndex: index, timestamp: -1n })) },
      { name: 'b', partitions: [{ partitionIndex: 0, timestamp: -2n }] },
    ],
  })),
  ...[-3n, -4n, -5n, -6n, -7n].flatMap((timestamp) =>
    versions(`ListOffsets of place ${timestamp}`, apiKey.ListOffsets, 6, 11, () => ({
      ...consumer,
      topics: [{ name: 'a', partitions: [{ partitionIndex: 0, timestamp }] }],
    })),
  ),
  ...[0n, 1_000n, 1_001n, 1_003n, 1_009n, 1_010n, 5_000n].map((time) =>
    listOffsets(`time ${time}`, [{ name: 'a', partitions: [at(0, time), at(1, time)] }]),
  ),
  listOffsets('twice', [{ name: 'a', partitions: [at(0, -1n), at(0, -2n), at(1, -1n)] }]),
  listOffsets('twice over two topics', [
    { name: 'a', partitions: [at(0, -1n)] },
    { name: 'a', partitions: [at(0, -1n), at(1, -2n)] },
  ]),
  listOffsets('unknown', [
    { name: 'nope', partitions: [at(0, -1n)] },
    { name: 'a', partitions: [at(9, -1n), at(-1, -1n)] },
    { name: 'bad name', partitions: [at(0, -1n)] },
    { name: 'b', partitions: [] },
  ]),
  listOffsets('epochs', [{ name: 'a', partitions: [at(0, -1n, 0), at(1, -1n, 5)] }]),
  listOffsets('committed', [{ name: 'a', partitions: [at(0, -1n), at(1, -3n)] }], { isolationLevel: 1 }),
  listOffsets('odd isolation', [{ name: 'a', partitions: [at(0, -1n)] }], { isolationLevel: 7 }),
];

const epochCases = versions('OffsetForLeaderEpoch', apiKey.OffsetForLeaderEpoch, 2, 4, () => ({
  topics: [
    {
      topic: 'a',
      partitions: [
        { partition: 0, currentLeaderEpoch: -1, leaderEpoch: 0 },
        { partition: 1, currentLeaderEpoch: 0, leaderEpoch: 5 },
        { partition: 2, currentLeaderEpoch: 5, leaderEpoch: 0 },
        { partition: 9, leaderEpoch: 0 },
        { partition: 0, leaderEpoch: -1 },
      ],
    },
    { topic: 'nope', partitions: [{ partition: 0, leaderEpoch: 0 }] },
    { topic: 'b', partitions: [] },
  ],
}));

const metadataNames = [
  { name: 'a' },
  { name: 'nope' },
  { name: 'bad name' },
  { name: '' },
  { name: 'a' },
  { name: '.' },
];
const quiet = (version: number) => (version >= 4 ? { allowAutoTopicCreation: false } : {});
const metadataCases = [
  ...versions('Metadata of a', apiKey.Metadata, 0, 13, (version) => ({ topics: [{ name: 'a' }], ...quiet(version) })),
  ...versions('Metadata of names', apiKey.Metadata, 4, 13, (version) => ({ topics: metadataNames, ...quiet(version) })),
  ...versions('Metadata of nothing', apiKey.Metadata, 0, 13, (version) => ({ topics: [], ...quiet(version) })),
  ...versions('Metadata of all', apiKey.Metadata, 1, 13, (version) => ({ topics: null, ...quiet(version) })),
  ...versions('Metadata by id', apiKey.Metadata, 10, 13, (version) => ({
    topics: [{ name: null, topicId: 'a' }, { name: null, topicId: unknownId }, { name: 'b' }],
    ...quiet(version),
  })),
  one('Metadata of internal topics', apiKey.Metadata, 12, {
    topics: [{ name: '__transaction_state' }, { name: '__cluster_metadata' }, { name: '__share_group_state' }],
    ...quiet(12),
  }),
  ...versions('Metadata with operations', apiKey.Metadata, 8, 10, () => ({
    topics: [{ name: 'a' }],
    includeClusterAuthorizedOperations: true,
    includeTopicAuthorizedOperations: true,
  })),
];

const clusterCases = [
  ...versions('DescribeCluster', apiKey.DescribeCluster, 0, 2, () => ({ includeClusterAuthorizedOperations: true })),
  ...[0, 1, 2, 7].map((endpointType) =>
    one(`DescribeCluster of endpoint type ${endpointType}`, apiKey.DescribeCluster, 2, { endpointType }),
  ),
  one('DescribeCluster with fenced brokers', apiKey.DescribeCluster, 2, { includeFencedBrokers: true }),
];

const page = (label: string, names: string[], limit: number, cursor: [string, number] | null = null) =>
  one(`DescribeTopicPartitions: ${label}`, apiKey.DescribeTopicPartitions, 0, {
    topics: names.map((name) => ({ name })),
    responsePartitionLimit: limit,
    cursor: cursor === null ? null : { topicName: cursor[0], partitionIndex: cursor[1] },
  });
const topicPartitionCases = [
  ...[-1, 0, 1, 2, 3, 4, 5, 6, 2000].map((limit) => page(`limit ${limit}`, [], limit)),
  page('cursor in a topic', [], 3, ['a', 2]),
  page('cursor behind a topic', [], 3, ['a', 30]),
  page('cursor between topics', [], 3, ['aa', 1]),
  page('cursor behind all', [], 3, ['zz', 1]),
  page('cursor before all partitions', [], 3, ['a', -1]),
  page('names', ['b', 'nope', 'a', 'b', 'bad name'], 20),
  page('names and a limit', ['b', 'c'], 2),
  page('names and a cursor', ['b', 'a'], 3, ['b', 1]),
  page('names without the cursor', ['b'], 3, ['a', 2]),
  page('an empty name', ['b', ''], 3),
];

const config = (label: string, resourceType: number, resourceName: string, keys: string[] | null = null) =>
  versions(`DescribeConfigs: ${label}`, apiKey.DescribeConfigs, 1, 4, (version) => ({
    resources: [{ resourceType, resourceName, configurationKeys: keys }],
    includeSynonyms: true,
    ...(version >= 3 ? { includeDocumentation: true } : {}),
  }));
const configCases = [
  ...config('a topic', 2, 'a'),
  ...config('a compacted topic', 2, 'b'),
  ...config('keys of a topic', 2, 'b', ['cleanup.policy', 'nope', 'retention.ms']),
  ...['nope', 'bad name', '', '.'].flatMap((name) => config(`topic "${name}"`, 2, name)),
  ...['', '2', 'x', '-1', ' 1'].flatMap((name) => config(`broker "${name}"`, 4, name)),
  ...['1', '01', '+1'].flatMap((name) => config(`broker "${name}"`, 4, name, ['node.id', 'min.insync.replicas'])),
  ...['', '2', 'x'].flatMap((name) => config(`loggers of broker "${name}"`, 8, name)),
  ...['g', ''].flatMap((name) => config(`group "${name}"`, 32, name)),
  ...['m', ''].flatMap((name) => config(`client metrics "${name}"`, 16, name)),
  ...[0, 1, 3, 64, -1].flatMap((type) => config(`resources of type ${type}`, type, 'a')),
  one('ListConfigResources, version 0', apiKey.ListConfigResources, 0, {}),
  ...[[], [0], [2], [4], [8], [16], [32], [99], [2, 4, 2]].map((resourceTypes) =>
    one(`ListConfigResources of ${resourceTypes}`, apiKey.ListConfigResources, 1, { resourceTypes }),
  ),
];

const logDirectoryCases = [
  ...versions('DescribeLogDirs of all', apiKey.DescribeLogDirs, 1, 5, () => ({ topics: null })),
  one('DescribeLogDirs of nothing', apiKey.DescribeLogDirs, 5, { topics: [] }),
  one('DescribeLogDirs of some', apiKey.DescribeLogDirs, 5, {
    topics: [
      { topic: 'a', partitions: [0, 9] },
      { topic: 'nope', partitions: [0] },
      { topic: 'b', partitions: [] },
    ],
  }),
];

const producerCases = [
  one('DescribeProducers', apiKey.DescribeProducers, 0, {
    topics: [
      { name: 'a', partitionIndexes: [0, 0, 9] },
      { name: 'nope', partitionIndexes: [0] },
      { name: 'bad name', partitionIndexes: [0] },
      { name: 'b', partitionIndexes: [] },
      { name: 'a', partitionIndexes: [1] },
    ],
  }),
  ...['', 'x'].flatMap((transactionalId) =>
    [-1, 0, 1000, 900_000, 900_001].map((transactionTimeoutMs) =>
      one(`InitProducerId of "${transactionalId}" for ${transactionTimeoutMs} ms`, apiKey.InitProducerId, 5, {
        transactionalId,
        transactionTimeoutMs,
      }),
    ),
  ),
  ...[{ producerId: 5n }, { producerEpoch: 2 }].map((half) =>
    one(`InitProducerId with half an identity (${Object.keys(half)})`, apiKey.InitProducerId, 5, {
      transactionalId: null,
      transactionTimeoutMs: 0,
      ...half,
    }),
  ),
];

const asked = (partition: number, fetchOffset: bigint, more: object = {}) => ({
  partition,
  fetchOffset,
  partitionMaxBytes: 100_000,
  ...more,
});
const fetch = (label: string, version: number, topics: object[], more: object = {}) =>
  one(`Fetch: ${label}`, apiKey.Fetch, version, { maxWaitMs: 0, minBytes: 0, maxBytes: 1_000_000, topics, ...more });
const fetchCases = [
  ...versions('Fetch by name', apiKey.Fetch, 4, 12, () => ({
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1_000_000,
    topics: [{ topic: 'a', partitions: [asked(0, 0n), asked(1, 0n)] }],
  })),
  ...versions('Fetch by id', apiKey.Fetch, 13, 18, () => ({
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1_000_000,
    topics: [{ topicId: 'a', partitions: [asked(0, 4n), asked(2, 0n)] }],
  })),
  fetch('unknown and out of range', 12, [
    { topic: 'nope', partitions: [asked(0, 0n)] },
    { topic: 'a', partitions: [asked(9, 0n), asked(0, 500n), asked(1, -1n)] },
  ]),
  fetch('unknown id', 13, [{ topicId: unknownId, partitions: [asked(0, 0n)] }]),
  fetch('epochs', 12, [
    {
      topic: 'a',
      partitions: [
        asked(0, 0n, { currentLeaderEpoch: 5 }),
        asked(1, 0n, { lastFetchedEpoch: 3 }),
        asked(2, 0n, { currentLeaderEpoch: 0, lastFetchedEpoch: 0 }),
      ],
    },
  ]),
  fetch('twice', 12, [{ topic: 'a', partitions: [asked(2, 0n), asked(2, 0n)] }]),
  fetch('committed', 12, [{ topic: 'a', partitions: [asked(0, 0n)] }], { isolationLevel: 1 }),
  fetch('of an empty session', 12, [], { sessionEpoch: 0 }),
  fetch('of an unknown session', 12, [], { sessionId: 5, sessionEpoch: 1 }),
  fetch('of an unknown session, final', 12, [], { sessionId: 5, sessionEpoch: -1 }),
  fetch('of session 0', 12, [], { sessionId: 0, sessionEpoch: 3 }),
  fetch('by a replica', 12, [{ topic: 'a', partitions: [asked(0, 0n)] }], { replicaId: 5 }),
  fetch('of few bytes', 12, [{ topic: 'a', partitions: [asked(0, 0n, { partitionMaxBytes: 1 })] }], { maxBytes: 1 }),
  fetch('with negative limits', 12, [{ topic: 'a', partitions: [asked(2, 0n)] }], {
    maxBytes: -1,
    minBytes: -1,
    maxWaitMs: -1,
  }),
];

const produce = (label: string, version: number, topic: object, records: Uint8Array | null, more: object = {}) =>
  one(`Produce: ${label}`, apiKey.Produce, version, {
    acks: -1,
    timeoutMs: 5000,
    topicData: [{ ...topic, partitionData: [{ index: 0, records }] }],
    ...more,
  });
const oneRecord = testBatch({ timestampMs: 2_000 });
const broken = testBatch({ timestampMs: 2_000 }).map((byte, index) => (index === 65 ? byte ^ 1 : byte));
const produceCases = [
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((version) =>
    produce(`by name, version ${version}`, version, { name: 'a' }, oneRecord),
  ),
  produce('by id', 13, { topicId: 'a' }, oneRecord),
  produce('acks=1', 9, { name: 'a' }, oneRecord, { acks: 1 }),
  produce('acks=2', 9, { name: 'a' }, oneRecord, { acks: 2 }),
  produce('acks=-2', 9, { name: 'a' }, oneRecord, { acks: -2 }),
  produce('unknown topic', 9, { name: 'nope' }, oneRecord),
  produce('unknown id', 13, { topicId: unknownId }, oneRecord),
  produce('impossible name', 9, { name: 'bad name' }, oneRecord),
  produce('broken checksum', 9, { name: 'a' }, broken),
  produce('no key where records are compacted', 9, { name: 'b' }, oneRecord),
  produce('two batches', 9, { name: 'a' }, Buffer.concat([oneRecord, oneRecord])),
  produce('no records', 9, { name: 'a' }, new Uint8Array(0)),
  one('Produce: unknown partition', apiKey.Produce, 9, {
    acks: -1,
    timeoutMs: 5000,
    topicData: [
      {
        name: 'a',
        partitionData: [
          { index: 9, records: oneRecord },
          { index: -1, records: oneRecord },
        ],
      },
    ],
  }),
  one('Produce: nothing', apiKey.Produce, 9, { acks: -1, timeoutMs: 5000, topicData: [] }),
  listOffsets('after producing', [{ name: 'a', partitions: [at(0, -1n), at(0, 2_000n)] }]),
];

const deletion = (label: string, topics: object[]) =>
  one(`DeleteRecords: ${label}`, apiKey.DeleteRecords, 2, { topics, timeoutMs: 5000 });
const deleteCases = [
  deletion('unknown, compacted, out of range', [
    {
      name: 'a',
      partitions: [
        { partitionIndex: 0, offset: 50n },
        { partitionIndex: 9, offset: 0n },
        { partitionIndex: 1, offset: -2n },
      ],
    },
    { name: 'b', partitions: [{ partitionIndex: 0, offset: 0n }] },
    { name: 'nope', partitions: [{ partitionIndex: 0, offset: 0n }] },
  ]),
  deletion('named twice', [
    {
      name: 'a',
      partitions: [
        { partitionIndex: 0, offset: 9n },
        { partitionIndex: 0, offset: 3n },
      ],
    },
  ]),
  deletion('below the start', [{ name: 'a', partitions: [{ partitionIndex: 0, offset: 1n }] }]),
  listOffsets('after a deletion', [{ name: 'a', partitions: [at(0, -2n), at(1, -2n)] }]),
  fetch('below the start', 12, [{ topic: 'a', partitions: [asked(0, 1n)] }]),
  deletion('all', [{ name: 'a', partitions: [{ partitionIndex: 0, offset: -1n }] }]),
  listOffsets('after all was deleted', [{ name: 'a', partitions: [at(0, -2n), at(1, -1n), at(2, -3n)] }]),
];

export const differentialCases: readonly DifferentialCase[] = [
  ...listOffsetsCases,
  ...epochCases,
  ...metadataCases,
  ...clusterCases,
  ...topicPartitionCases,
  ...configCases,
  ...logDirectoryCases,
  ...producerCases,
  ...fetchCases,
];

/** After everything else, in this order: they change what is there. */
export const changingCases: readonly DifferentialCase[] = [...produceCases, ...deleteCases];
