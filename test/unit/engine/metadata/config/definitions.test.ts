import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  brokerKeys,
  type ConfigKeys,
  clientMetricsKeys,
  groupKeys,
  topicKeys,
} from '../../../../../engine/metadata/config/definitions.ts';
import { effectiveBrokerKeys, inertTopicKeys } from '../../../../../engine/metadata/config/effect.ts';
import { topicSynonyms } from '../../../../../engine/metadata/config/synonyms.ts';
import { valueToString } from '../../../../../engine/metadata/config/types.ts';
import { goldenFiles, readGolden } from '../../../../golden/config/apache-config.ts';

interface Definition {
  readonly set: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: string | null;
  readonly importance: string;
  readonly mode: string;
  readonly internal: boolean;
}

const apache = readGolden(goldenFiles.offline).filter((line) => !Array.isArray(line)) as Definition[];

const sets: readonly [string, ConfigKeys][] = [
  ['broker', brokerKeys],
  ['topic', topicKeys],
  ['group', groupKeys],
  ['client-metrics', clientMetricsKeys],
];

for (const [set, keys] of sets) {
  test(`every ${set} key has Apache Kafka's type, default, importance and update mode`, () => {
    const ours = [...keys.values()].map((key) => ({
      set,
      name: key.name,
      type: key.type,
      required: key.defaultValue === undefined,
      default: key.defaultValue === undefined ? null : valueToString(key.defaultValue, key.type),
      importance: key.importance.toUpperCase(),
      mode: key.mode,
      internal: key.internal,
    }));
    assert.ok(ours.length > 2);
    assert.deepEqual(
      ours,
      apache.filter((one) => one.set === set),
    );
  });

  test(`every ${set} key is documented in a sentence`, () => {
    for (const key of keys.values()) {
      assert.match(key.documentation, /^([A-Z\d]|min\.insync).{15,}\.$/, key.name);
    }
  });

  test(`the default of every ${set} key passes its own check`, () => {
    for (const key of keys.values()) {
      if (key.defaultValue !== undefined) assert.equal(key.validator?.(key.name, key.defaultValue) ?? null, null);
    }
  });
}

test('there are as many described broker keys as a node of Apache Kafka lists', () => {
  assert.equal([...brokerKeys.values()].filter((key) => !key.internal).length, 340);
});

test('the lists of keys with and without effect name keys that exist', () => {
  for (const name of effectiveBrokerKeys) assert.ok(brokerKeys.has(name), name);
  for (const name of inertTopicKeys) assert.ok(topicKeys.has(name), name);
});

test('every synonym of a topic key is a broker key', () => {
  for (const [topic, synonyms] of topicSynonyms) {
    assert.ok(topicKeys.has(topic), topic);
    for (const one of synonyms) assert.ok(brokerKeys.has(one.name), one.name);
  }
});
