import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  brokerConfigWarnings,
  builtInProperties,
  parseBrokerConfig,
  shardCount,
} from '../../../../../engine/metadata/config/broker-config.ts';
import { ConfigError } from '../../../../../engine/metadata/config/types.ts';
import { goldenFiles, readGolden } from '../../../../golden/config/apache-config.ts';

const plain: Readonly<Record<string, string>> = {
  'node.id': '1',
  'process.roles': 'broker,controller',
  'controller.listener.names': 'CONTROLLER',
  listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093',
  'controller.quorum.voters': '1@h:9093',
};

function withPairs(pairs: string): Map<string, string> {
  const properties = new Map(Object.entries(plain));
  for (const pair of pairs === '' ? [] : pairs.split(' ; ')) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at).trim();
    if (pair.endsWith('<unset>')) properties.delete(key);
    else properties.set(key, pair.slice(at + 1));
  }
  return properties;
}

function outcome(pairs: string): string {
  try {
    parseBrokerConfig(withPairs(pairs));
    return 'OK';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const golden = readGolden(goldenFiles.offline).filter((line) => Array.isArray(line)) as [string, string][];

test('starts and refusals to start, and the words of refusals, are those of Apache Kafka', async (t) => {
  assert.ok(golden.length > 140);
  for (const [command, theirs] of golden) {
    const pairs = command.slice('server|'.length);
    await t.test(pairs, () => assert.equal(outcome(pairs), theirs));
  }
});

test('what Apache Kafka reports by an accident of its code is refused in plain words', () => {
  assert.match(outcome('listeners=PLAINTEXT://:99999,CONTROLLER://:9093'), /port is out of range/);
  assert.match(outcome('listener.security.protocol.map=PLAINTEXT'), /not a pair NAME:PROTOCOL/);
  assert.match(outcome('max.connections.per.ip.overrides=h'), /not a pair host:count/);
  assert.match(outcome('max.connections.per.ip.overrides=h:x'), /not a pair host:count/);
  assert.equal(outcome('log.cleaner.threads=0'), 'OK');
});

test('the built-in node is one broker and controller that only this machine reaches', () => {
  const config = parseBrokerConfig(builtInProperties());
  assert.equal(config.nodeId, 1);
  assert.ok(config.isBroker && config.isController);
  assert.deepEqual(config.brokerListeners, [
    { listener: 'PLAINTEXT', securityProtocol: 'PLAINTEXT', host: '127.0.0.1', port: 9092 },
  ]);
  assert.deepEqual(config.controllerListeners, [
    { listener: 'CONTROLLER', securityProtocol: 'PLAINTEXT', host: '127.0.0.1', port: 9093 },
  ]);
  assert.deepEqual(config.logDirs, ['./data']);
  assert.equal(config.metadataLogDir, './data');
  assert.deepEqual(config.bootstrapServers, [{ host: '127.0.0.1', port: 9093 }]);
  assert.deepEqual(config.unknownKeys, []);
});

test('shards: one less than there are cores, or num.io.threads', () => {
  const unset = parseBrokerConfig(withPairs(''));
  assert.deepEqual(
    [1, 2, 4, 5, 16].map((cores) => shardCount(unset, cores)),
    [1, 1, 3, 4, 15],
  );
  assert.equal(shardCount(parseBrokerConfig(withPairs('num.io.threads=3')), 16), 3);
});

test('log.dirs wins over log.dir, and the metadata log lies in the first unless told otherwise', () => {
  const config = parseBrokerConfig(withPairs('log.dir=/x ; log.dirs=/a, /b'));
  assert.deepEqual(config.logDirs, ['/a', '/b']);
  assert.equal(config.metadataLogDir, '/a');
  assert.deepEqual(parseBrokerConfig(withPairs('log.dir=/x')).logDirs, ['/x']);
  assert.equal(parseBrokerConfig(withPairs('metadata.log.dir=/m')).metadataLogDir, '/m');
});

test('advertised listeners stand in for listeners, and controller listeners need not be advertised', () => {
  const config = parseBrokerConfig(
    withPairs(
      'listeners=PLAINTEXT://0.0.0.0:9092,CONTROLLER://0.0.0.0:9093 ; advertised.listeners=PLAINTEXT://h:19092',
    ),
  );
  assert.deepEqual(
    config.advertisedBrokerListeners.map((one) => `${one.host}:${one.port}`),
    ['h:19092'],
  );
  assert.deepEqual(
    config.advertisedControllerListeners.map((one) => one.port),
    [9093],
  );
});

test('IPv6 hosts stand in brackets', () => {
  const config = parseBrokerConfig(
    withPairs('listeners=PLAINTEXT://[::1]:9092,CONTROLLER://:9093 ; controller.quorum.voters=1@[::1]:9093'),
  );
  assert.equal(config.brokerListeners[0].host, '::1');
  assert.deepEqual(config.voters, [{ nodeId: 1, host: '::1', port: 9093 }]);
});

test('unknown keys and keys without effect are told apart, and plug-in keys are neither', () => {
  const config = parseBrokerConfig(
    withPairs(
      'no.such.key=1 ; num.network.threads=3 ; listener.name.plaintext.nothing=1 ; rsm.config.x=1 ; listener.name.plaintext.max.connections=5',
    ),
  );
  assert.deepEqual(config.unknownKeys, ['listener.name.plaintext.nothing', 'no.such.key']);
  assert.deepEqual(config.inertKeys, ['num.network.threads']);
  const warnings = brokerConfigWarnings(config);
  assert.equal(warnings.length, 2);
  assert.match(warnings[0], /no\.such\.key/);
  assert.match(warnings[1], /num\.network\.threads/);
});

test('exceptions to max.connections.per.ip', () => {
  const config = parseBrokerConfig(withPairs('max.connections.per.ip.overrides=127.0.0.1:5, h:7'));
  assert.deepEqual(
    [...config.maxConnectionsPerIpOverrides],
    [
      ['127.0.0.1', 5],
      ['h', 7],
    ],
  );
});
