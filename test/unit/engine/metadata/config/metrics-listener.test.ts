import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  brokerConfigWarnings,
  builtInProperties,
  parseBrokerConfig,
} from '../../../../../engine/metadata/config/broker-config.ts';
import { millraceKeys } from '../../../../../engine/metadata/config/definitions.ts';
import { describeBroker } from '../../../../../engine/metadata/config/describe.ts';
import { noDynamicConfigs, resolveBroker } from '../../../../../engine/metadata/config/resolve.ts';
import { ConfigError } from '../../../../../engine/metadata/config/types.ts';
import { validateBrokerConfigChange } from '../../../../../engine/metadata/config/validate.ts';

const listener = 'millrace.metrics.listener';

function parse(pairs: Readonly<Record<string, string>> = {}) {
  return parseBrokerConfig(new Map([...builtInProperties(), ...Object.entries(pairs)]));
}

test('metrics are served on this machine unless told otherwise, or told not to', () => {
  assert.deepEqual(parse().metricsListener, { host: '127.0.0.1', port: 9644, isDefault: true });
  const given = parse({ [listener]: 'http://0.0.0.0:80/' }).metricsListener;
  assert.deepEqual(given, { host: '0.0.0.0', port: 80, isDefault: false });
  assert.deepEqual(parse({ [listener]: 'http://[::1]:0' }).metricsListener, { host: '::1', port: 0, isDefault: false });
  assert.equal(parse({ [listener]: '' }).metricsListener, null);
});

test('what is no address is refused', () => {
  for (const text of ['127.0.0.1:9644', 'https://h:1', 'http://h', 'http://h:65536', 'http://h:1/x', 'http://u@h:1']) {
    assert.throws(
      () => parse({ [listener]: text }),
      (error: Error) =>
        error instanceof ConfigError && error.message.includes(listener) && error.message.includes(text),
    );
  }
});

test("Millrace's own keys are checked, told of where they are set, and fixed; others that look like them are unknown", () => {
  assert.throws(() => parse({ 'millrace.metrics.topics.max': '-1' }), /Value must be at least 0/);
  assert.throws(() => parse({ 'millrace.metrics.partitions.max': 'x' }), /Not a number of type INT/);
  const config = parse({ [listener]: 'http://h:1', 'millrace.metrics.listner': 'x' });
  assert.deepEqual(config.unknownKeys, ['millrace.metrics.listner']);
  assert.deepEqual(
    config.inertKeys.filter((key) => key.startsWith('millrace.')),
    [],
  );
  assert.match(brokerConfigWarnings(config)[0]!, /millrace\.metrics\.listner/);
  const state = resolveBroker(config, noDynamicConfigs);
  const all = describeBroker(state, { keys: null, includeSynonyms: true, includeDocumentation: true });
  const described = all.filter(({ name }) => millraceKeys.has(name));
  assert.deepEqual(
    described.map(({ name, value, readOnly, isSensitive }) => [name, value, readOnly, isSensitive]),
    [[listener, 'http://h:1', true, false]],
  );
  assert.match(
    validateBrokerConfigChange(state, new Map([[listener, 'http://h:2']]), true) ?? '',
    /Cannot update these configs dynamically/,
  );
});

test('every key of ours is documented in a sentence, and its default passes its own check', () => {
  for (const key of millraceKeys.values()) {
    assert.match(key.documentation, /^[A-Z].{15,}\.$/, key.name);
    assert.match(key.name, /^millrace\./);
    assert.equal(key.validator?.(key.name, key.defaultValue ?? null) ?? null, null);
  }
});
