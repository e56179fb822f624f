import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTopics } from '../../../../engine/controller/apis/19-create-topics.ts';
import { recordKey } from '../../../../engine/metadata/metadata-record.ts';
import { DecisionFixture, directory1 } from '../../../support/controller-fixture.ts';

type Config = readonly [string, string | null];
interface Wanted {
  readonly name: string;
  readonly partitions?: number;
  readonly factor?: number;
  readonly assignments?: readonly (readonly [number, readonly number[]])[];
  readonly configs?: readonly Config[];
}

function request(topics: readonly Wanted[], validateOnly = false): object {
  return {
    topics: topics.map(({ name, partitions = 1, factor = 1, assignments = [], configs = [] }) => ({
      name,
      numPartitions: partitions,
      replicationFactor: factor,
      assignments: assignments.map(([partitionIndex, brokerIds]) => ({ partitionIndex, brokerIds })),
      configs: configs.map(([key, value]) => ({ name: key, value })),
    })),
    timeoutMs: 1000,
    validateOnly,
  };
}

const manual = (...assignments: (readonly [number, readonly number[]])[]): Partial<Wanted> => ({
  partitions: -1,
  factor: -1,
  assignments,
});

/** As observed of Apache Kafka 4.3.1 with one broker, id 1. */
const refusals: readonly (readonly [Wanted, number, string])[] = [
  [{ name: '' }, 17, 'Topic name is invalid: the empty string is not allowed'],
  [{ name: '.' }, 17, "Topic name is invalid: '.' is not allowed"],
  [{ name: '..' }, 17, "Topic name is invalid: '..' is not allowed"],
  [
    { name: 'a b' },
    17,
    "Topic name is invalid: 'a b' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
  ],
  [
    { name: 'x'.repeat(250) },
    17,
    `Topic name is invalid: the length of '${'x'.repeat(250)}' is longer than the max allowed length 249`,
  ],
  [{ name: 'there.is' }, 36, "Topic 'there.is' already exists."],
  [{ name: 'there_is' }, 17, "Topic 'there_is' collides with existing topic: there.is"],
  [{ name: '__cluster_metadata' }, 42, 'Creation of internal topic __cluster_metadata is prohibited.'],
  [{ name: 'c', partitions: 0 }, 37, 'Number of partitions was set to an invalid non-positive value.'],
  [{ name: 'c', partitions: -2 }, 37, 'Number of partitions was set to an invalid non-positive value.'],
  [{ name: 'c', factor: 0 }, 38, 'Replication factor must be larger than 0, or -1 to use the default value.'],
  [{ name: 'c', factor: -2 }, 38, 'Replication factor must be larger than 0, or -1 to use the default value.'],
  [
    { name: 'c', factor: 2 },
    38,
    'Unable to replicate the partition 2 time(s): The target replication factor of 2 cannot be reached because only 1 broker(s) are registered or some brokers have all their log directories cordoned.',
  ],
  [{ name: 'c', partitions: 10_001 }, 44, 'Excessively large number of partitions per request.'],
  [{ name: 'c', partitions: 10_000 }, 44, 'Unable to perform excessively large batch operation.'],
  [{ name: 'd', ...manual([0, [1]], [2, [1]]) }, 39, 'partitions should be a consecutive 0-based integer sequence'],
  [{ name: 'd', ...manual([-1, [1]]) }, 39, 'partitions should be a consecutive 0-based integer sequence'],
  [{ name: 'd', ...manual([0, [1]], [0, [1]]) }, 39, 'Found multiple manual partition assignments for partition 0'],
  [
    { name: 'd', ...manual([0, [2]]) },
    39,
    'The manual partition assignment includes broker 2, but no such broker is registered.',
  ],
  [
    { name: 'd', ...manual([0, [1]], [1, [1, 2]]) },
    39,
    'The manual partition assignment includes broker 2, but no such broker is registered.',
  ],
  [{ name: 'd', ...manual([0, [1, 1]]) }, 39, 'The manual partition assignment includes the broker 1 more than once.'],
  [{ name: 'd', ...manual([0, []]) }, 39, 'The manual partition assignment includes an empty replica list.'],
  [
    { name: 'd', ...manual([0, [1]]), partitions: 1 },
    42,
    'A manual partition assignment was specified, but numPartitions was not set to -1.',
  ],
  [
    { name: 'd', ...manual([0, [1]]), factor: 1 },
    42,
    'A manual partition assignment was specified, but replication factor was not set to -1.',
  ],
  [{ name: 'e', configs: [['foo', 'bar']] }, 40, 'Unknown topic config name: foo'],
  [
    { name: 'e', configs: [['retention.ms', 'x']] },
    40,
    'Invalid value x for configuration retention.ms: Not a number of type LONG',
  ],
  [
    { name: 'e', configs: [['retention.ms', '-5']] },
    40,
    'Invalid value -5 for configuration retention.ms: Value must be at least -1',
  ],
  [{ name: 'e', configs: [['retention.ms', null]] }, 40, 'Null value not supported for topic configs: retention.ms'],
  [
    {
      name: 'e',
      configs: [
        ['min.cleanable.dirty.ratio', '1.5'],
        ['foo', '1'],
      ],
    },
    40,
    'Unknown topic config name: foo',
  ],
  [
    { name: 'e', configs: [['remote.storage.enable', 'true']] },
    40,
    'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.',
  ],
  [{ name: 'z', partitions: 0, factor: 5, configs: [['foo', 'bar']] }, 40, 'Unknown topic config name: foo'],
];

describe('CreateTopics', () => {
  for (const [topic, code, message] of refusals) {
    it(`refuses with ${code}: ${message.slice(0, 60)}`, () => {
      const fixture = new DecisionFixture();
      fixture.run(createTopics, 7, request([{ name: 'there.is' }]));
      const { records, response } = fixture.run(createTopics, 7, request([topic]));
      assert.deepEqual(records, []);
      assert.deepEqual(
        response.topics?.map((result) => [result.name, result.errorCode, result.errorMessage, result.numPartitions]),
        [[topic.name, code, message, -1]],
      );
    });
  }

  it('writes the topic, its configs, and its partitions', () => {
    const fixture = new DecisionFixture();
    const configs: Config[] = [
      ['retention.ms', '1'],
      ['min.insync.replicas', '5'],
      ['retention.ms', '2'],
    ];
    const { records, response } = fixture.run(createTopics, 7, request([{ name: 'a', partitions: 2, configs }]));
    const topicId = response.topics?.[0].topicId;
    assert.match(String(topicId), /^[A-Za-z0-9_-]{22}$/);
    const partition = (partitionId: number) => ({
      apiKey: recordKey.partition,
      version: 2,
      message: {
        partitionId,
        topicId,
        replicas: [1],
        isr: [1],
        removingReplicas: [],
        addingReplicas: [],
        leader: 1,
        leaderRecoveryState: 0,
        leaderEpoch: 0,
        partitionEpoch: 0,
        directories: [directory1],
        eligibleLeaderReplicas: null,
        lastKnownElr: null,
      },
    });
    const config = (name: string, value: string) => ({
      apiKey: recordKey.config,
      version: 0,
      message: { resourceType: 2, resourceName: 'a', name, value },
    });
    assert.deepEqual(records, [
      { apiKey: recordKey.topic, version: 0, message: { name: 'a', topicId } },
      config('retention.ms', '2'),
      config('min.insync.replicas', '5'),
      { apiKey: recordKey.clearElr, version: 0, message: { topicName: 'a' } },
      partition(0),
      partition(1),
    ]);
  });

  it('tells back counts and configs with their sources', () => {
    const fixture = new DecisionFixture();
    const wanted = { name: 'b', partitions: -1, factor: -1, configs: [['retention.ms', '1000']] as Config[] };
    const { response } = fixture.run(createTopics, 7, request([wanted]));
    const result = response.topics?.[0];
    assert.deepEqual([result?.numPartitions, result?.replicationFactor], [3, 1]);
    const names = result?.configs?.map((config) => String(config.name)) ?? [];
    assert.deepEqual(names, [...names].sort());
    const notDefault = result?.configs?.filter((config) => config.configSource !== 5);
    assert.deepEqual(
      notDefault?.map((config) => [config.name, config.value, config.configSource]),
      [
        ['min.insync.replicas', '1', 3],
        ['retention.ms', '1000', 1],
      ],
    );
    assert.equal(fixture.run(createTopics, 4, request([{ name: 'c' }])).response.topics?.[0].configs, null);
  });

  it('refuses names given twice, at the end, and makes the others', () => {
    const fixture = new DecisionFixture();
    const { response } = fixture.run(createTopics, 7, request([{ name: 'f' }, { name: 'f' }, { name: 'g' }]));
    assert.deepEqual(
      response.topics?.map(({ name, errorCode, errorMessage }) => [name, errorCode, errorMessage]),
      [
        ['g', 0, null],
        ['f', 42, 'Duplicate topic name.'],
      ],
    );
    assert.equal(fixture.image.committed.topicByName('f'), undefined);
  });

  it('takes two colliding names of one request', () => {
    const fixture = new DecisionFixture();
    const { response } = fixture.run(createTopics, 7, request([{ name: 'x.y' }, { name: 'x_y' }]));
    assert.deepEqual(
      response.topics?.map(({ errorCode }) => errorCode),
      [0, 0],
    );
  });

  it('writes nothing where it only validates', () => {
    const fixture = new DecisionFixture();
    const { records, response } = fixture.run(createTopics, 7, request([{ name: 'v' }], true));
    assert.deepEqual(records, []);
    assert.equal(response.topics?.[0].errorCode, 0);
    assert.equal(response.topics?.[0].numPartitions, 1);
  });

  it('takes 9,999 partitions, as many as fit with their topic', () => {
    const fixture = new DecisionFixture();
    const { records } = fixture.run(createTopics, 7, request([{ name: 'big', partitions: 9999 }]));
    assert.equal(records.length, 10_000);
  });
});
