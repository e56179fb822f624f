import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTopics } from '../../../../engine/controller/apis/19-create-topics.ts';
import { alterConfigs } from '../../../../engine/controller/apis/33-alter-configs.ts';
import { incrementalAlterConfigs } from '../../../../engine/controller/apis/44-incremental-alter-configs.ts';
import type { Decision } from '../../../../engine/controller/decision.ts';
import { DecisionFixture } from '../../../support/controller-fixture.ts';

const topic = 2;
const broker = 4;
const set = 0;
const remove = 1;
const append = 2;
const subtract = 3;

type Change = readonly [name: string, operation: number, value: string | null];

function incremental(type: number, name: string, changes: readonly Change[]): object {
  const configs = changes.map(([key, configOperation, value]) => ({ name: key, configOperation, value }));
  return { resources: [{ resourceType: type, resourceName: name, configs }], validateOnly: false };
}

function all(type: number, name: string, values: readonly (readonly [string, string | null])[]): object {
  const configs = values.map(([key, value]) => ({ name: key, value }));
  return { resources: [{ resourceType: type, resourceName: name, configs }], validateOnly: false };
}

function fixtureWithTopic(): DecisionFixture {
  const fixture = new DecisionFixture();
  const wanted = { name: 'a', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  fixture.run(createTopics, 7, { topics: [wanted], timeoutMs: 1, validateOnly: false });
  return fixture;
}

/** What was written, shortly: [name, value] of configs, [topic] of cleared ELRs. */
function written({ records }: Decision<unknown>): unknown[] {
  return records.map(({ message }) =>
    'value' in message && 'name' in message ? [message.name, message.value] : Object.values(message),
  );
}

/** As observed of Apache Kafka 4.3.1, node 1. */
const refusals: readonly (readonly [
  type: number,
  name: string,
  change: Change,
  code: number,
  message: string | null,
])[] = [
  [topic, 'a', ['retention.ms', append, '1'], 40, "Can't APPEND to key retention.ms because its type is not LIST."],
  [topic, 'a', ['retention.ms', subtract, '1'], 40, "Can't SUBTRACT to key retention.ms because its type is not LIST."],
  [topic, 'a', ['retention.ms', set, null], 42, 'Null value not supported for : retention.ms'],
  [topic, 'a', ['foo', set, '1'], 40, 'Unknown topic config name: foo'],
  [topic, 'nope', ['retention.ms', set, '1'], 3, "The topic 'nope' does not exist."],
  [topic, '', ['retention.ms', set, '1'], 42, 'Default topic resources are not allowed.'],
  [
    topic,
    'a',
    ['retention.ms', set, 'x'],
    40,
    'Invalid value x for configuration retention.ms: Not a number of type LONG',
  ],
  [topic, 'a', ['retention.ms', 7, 'x'], -1, null],
  [9, 'a', ['x', set, '1'], 42, 'Unknown resource type 9'],
  [0, 'a', ['x', set, '1'], 42, 'Unknown resource type 0'],
  [broker, '-1', ['log.retention.ms', set, '1'], 42, 'Invalid negative broker ID.'],
  [broker, 'x', ['log.retention.ms', set, '1'], 42, 'Unable to parse broker name as a base 10 number.'],
  [broker, '77', ['log.retention.ms', set, '1'], 102, 'No node with id 77 found.'],
  [broker, '1', ['node.id', set, '7'], 42, 'Cannot update these configs dynamically: [node.id]'],
  [
    broker,
    '1',
    ['log.retention.ms', set, 'zz'],
    42,
    'Invalid value zz for configuration log.retention.ms: Not a number of type LONG',
  ],
  [
    broker,
    '',
    ['advertised.listeners', set, 'PLAINTEXT://x:1'],
    42,
    'Cannot update these configs dynamically: [advertised.listeners]',
  ],
  [
    broker,
    '',
    ['cordoned.log.dirs', set, '/d'],
    42,
    'Cannot update these configs at default cluster level, broker id must be specified: [cordoned.log.dirs]',
  ],
  [
    broker,
    '',
    ['min.insync.replicas', remove, null],
    40,
    'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.',
  ],
  [
    broker,
    '1',
    ['min.insync.replicas', set, '2'],
    40,
    'Broker-level min.insync.replicas cannot be altered while ELR is enabled.',
  ],
  [
    broker,
    '1',
    ['log.retention.ms', append, 'x'],
    40,
    'Config value append is not allowed for config key: log.retention.ms',
  ],
  [16, 'subm', ['interval', set, '1000'], 42, 'Unknown client metrics configuration: interval'],
  [32, 'grp', ['foo', set, '1'], 40, 'Unknown group config name: foo'],
  [32, '', ['consumer.session.timeout.ms', set, '50000'], 42, 'Default group resources are not allowed.'],
  [8, '1', ['kafka.server.NoSuch', set, 'DEBUG'], 40, 'Logger kafka.server.NoSuch does not exist!'],
];

describe('IncrementalAlterConfigs', () => {
  for (const [type, name, change, code, message] of refusals) {
    it(`refuses ${change[0]} of ${type}:${name} with ${code}: ${message}`, () => {
      const decision = fixtureWithTopic().run(incrementalAlterConfigs, 1, incremental(type, name, [change]));
      assert.deepEqual(decision.records, []);
      const expected = { errorCode: code, errorMessage: message, resourceType: type, resourceName: name };
      assert.deepEqual(decision.response.responses, [expected]);
    });
  }

  it('writes what changes, and nothing where nothing does', () => {
    const fixture = fixtureWithTopic();
    const steps: readonly (readonly [Change, unknown[]])[] = [
      [['retention.ms', set, '123'], [['retention.ms', '123']]],
      [['retention.ms', set, '123'], []],
      [['retention.ms', remove, null], [['retention.ms', null]]],
      [['retention.ms', remove, null], []],
      [['foo', remove, null], []],
      [['cleanup.policy', append, 'compact'], [['cleanup.policy', 'delete,compact']]],
      [['cleanup.policy', append, 'compact'], []],
      [['cleanup.policy', subtract, 'delete'], [['cleanup.policy', 'compact']]],
      [['cleanup.policy', subtract, 'compact'], [['cleanup.policy', '']]],
      [['cleanup.policy', subtract, 'nothere'], []],
      [['leader.replication.throttled.replicas', append, '0:1'], [['leader.replication.throttled.replicas', '0:1']]],
      [
        ['leader.replication.throttled.replicas', append, '1:1,2:1'],
        [['leader.replication.throttled.replicas', '0:1,1:1,2:1']],
      ],
      [
        ['leader.replication.throttled.replicas', subtract, '0:1,2:1'],
        [['leader.replication.throttled.replicas', '1:1']],
      ],
      [
        ['min.insync.replicas', set, '2'],
        [['min.insync.replicas', '2'], ['a']],
      ],
    ];
    for (const [change, expected] of steps) {
      const decision = fixture.run(incrementalAlterConfigs, 1, incremental(topic, 'a', [change]));
      assert.deepEqual(written(decision), expected, JSON.stringify(change));
      assert.equal(decision.response.responses?.[0].errorCode, 0);
    }
    const cluster = fixture.run(
      incrementalAlterConfigs,
      1,
      incremental(broker, '', [['min.insync.replicas', set, '2']]),
    );
    assert.deepEqual(written(cluster), [['min.insync.replicas', '2'], ['']]);
  });

  it('refuses keys and resources given twice', () => {
    const fixture = fixtureWithTopic();
    const twice: Change[] = [
      ['retention.ms', set, '5'],
      ['retention.ms', set, '6'],
    ];
    const keys = fixture.run(incrementalAlterConfigs, 1, incremental(topic, 'a', twice));
    assert.equal(keys.response.responses?.[0].errorMessage, 'Error due to duplicate config keys');
    const resource = { resourceType: topic, resourceName: 'a', configs: [] };
    const both = fixture.run(incrementalAlterConfigs, 1, {
      resources: [resource, { ...resource }],
      validateOnly: false,
    });
    assert.deepEqual(
      both.response.responses?.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
      [
        [42, 'Each resource must appear at most once.'],
        [42, 'Each resource must appear at most once.'],
      ],
    );
  });
});

describe('AlterConfigs', () => {
  it('takes away what it does not name', () => {
    const fixture = fixtureWithTopic();
    const first = [
      ['flush.ms', '7'],
      ['retention.ms', '8'],
    ] as const;
    assert.deepEqual(written(fixture.run(alterConfigs, 2, all(topic, 'a', first))), first);
    const second = fixture.run(alterConfigs, 2, all(topic, 'a', [['flush.ms', '7']]));
    assert.deepEqual(written(second), [['retention.ms', null]]);
  });

  it('refuses as Kafka does', () => {
    const fixture = fixtureWithTopic();
    const refuse = (request: object) => {
      const { response, records } = fixture.run(alterConfigs, 2, request);
      assert.deepEqual(records, []);
      return [response.responses?.[0].errorCode, response.responses?.[0].errorMessage];
    };
    const elr = 'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.';
    assert.deepEqual(refuse(all(broker, '', [['log.retention.ms', '5']])), [40, elr]);
    const nothing = 'Null value not supported for : flush.ms';
    assert.deepEqual(refuse(all(topic, 'a', [['flush.ms', null]])), [42, nothing]);
    assert.deepEqual(refuse(all(topic, 'a', [['foo', '1']])), [40, 'Unknown topic config name: foo']);
    assert.deepEqual(refuse(all(topic, 'nope', [])), [3, "The topic 'nope' does not exist."]);
  });
});
