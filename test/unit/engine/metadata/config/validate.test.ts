import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBrokerConfig } from '../../../../../engine/metadata/config/broker-config.ts';
import { noDynamicConfigs, resolveBroker } from '../../../../../engine/metadata/config/resolve.ts';
import {
  applyConfigOperation,
  type ConfigProblem,
  configOperation,
  configResourceType,
  validateBrokerConfigChange,
  validateClientMetricsConfigs,
  validateGroupConfigs,
  validateTopicConfigs,
} from '../../../../../engine/metadata/config/validate.ts';
import { goldenFiles, liveProperties, readGolden } from '../../../../golden/config/apache-config.ts';

const fixed = parseBrokerConfig(
  new Map(
    Object.entries({
      'process.roles': 'broker,controller',
      'node.id': '1',
      listeners: 'PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2',
      'advertised.listeners': 'PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2',
      'controller.listener.names': 'CONTROLLER',
      'controller.quorum.bootstrap.servers': '127.0.0.1:2',
      'num.io.threads': '2',
      'log.cleaner.dedupe.buffer.size': '2097152',
      ...liveProperties,
    }),
  ),
);
const state = resolveBroker(fixed, noDynamicConfigs);

const resourceTypes: Readonly<Record<string, number>> = {
  TOPIC: configResourceType.topic,
  BROKER: configResourceType.broker,
  GROUP: configResourceType.group,
  CLIENT_METRICS: configResourceType.clientMetrics,
};

function problemOf(type: string, name: string, configs: Map<string, string>): ConfigProblem | null {
  const wrap = (code: ConfigProblem['code'], message: string | null) => (message === null ? null : { code, message });
  switch (type) {
    case 'TOPIC':
      return wrap('INVALID_CONFIG', validateTopicConfigs(configs, state.values));
    case 'GROUP':
      return wrap('INVALID_CONFIG', validateGroupConfigs(configs, state.values));
    case 'BROKER':
      return wrap('INVALID_REQUEST', validateBrokerConfigChange(state, configs, name !== ''));
    default:
      return validateClientMetricsConfigs(configs);
  }
}

/** What we say to a line of test/golden/config/commands-live.txt, in the golden file's form. */
function outcome(command: string): string {
  const fields = command.split('|');
  const configs = new Map<string, string>();
  let problem: ConfigProblem | null = null;
  if (fields[0] === 'create') {
    for (let i = 2; i + 1 < fields.length; i += 2) configs.set(fields[i], fields[i + 1]);
    problem = problemOf('TOPIC', fields[1], configs);
  } else {
    const [type, name] = fields[1].split(/:(.*)/);
    for (let i = 2; i + 2 < fields.length && problem === null; i += 3) {
      const operation = configOperation[fields[i].toLowerCase() as keyof typeof configOperation];
      const operand = fields[i + 2] === '<null>' ? null : fields[i + 2];
      const applied = applyConfigOperation(resourceTypes[type], fields[i + 1], undefined, operation, operand);
      if ('problem' in applied) problem = applied.problem;
      else if (applied.value !== null) configs.set(fields[i + 1], applied.value);
    }
    problem ??= problemOf(type, name, configs);
  }
  if (problem === null) return 'OK';
  const thrown = { INVALID_CONFIG: 'InvalidConfigurationException', INVALID_REQUEST: 'InvalidRequestException' };
  return `${thrown[problem.code]}: ${problem.message}`;
}

test('what is taken and what is refused, with which words, is what a node of Apache Kafka says', async (t) => {
  const golden = readGolden(goldenFiles.live).filter((line) => Array.isArray(line)) as [string, string][];
  assert.ok(golden.length > 120);
  for (const [command, theirs] of golden) {
    await t.test(command, () => assert.equal(outcome(command), theirs.replace('requirement failed: ', '')));
  }
});

test('thread counts change by no more than half and double', () => {
  const say = (count: string) => validateBrokerConfigChange(state, new Map([['num.io.threads', count]]), true);
  assert.equal(say('1'), null);
  assert.equal(say('4'), null);
  assert.match(say('5') ?? '', /not be greater than double the current value 2/);
  const eight = resolveBroker(fixed, { clusterWide: new Map(), ofBroker: new Map([['num.io.threads', '8']]) });
  assert.match(
    validateBrokerConfigChange(eight, new Map([['num.io.threads', '3']]), true) ?? '',
    /at least half the current value 8/,
  );
});

test('a change is judged together with what is set elsewhere', () => {
  const own = resolveBroker(fixed, { clusterWide: new Map(), ofBroker: new Map([['log.cleaner.threads', '1']]) });
  const change = new Map([['log.cleaner.threads', '3']]);
  assert.equal(validateBrokerConfigChange(own, change, false), null, "the broker's own value stands over it");
  assert.match(validateBrokerConfigChange(own, change, true) ?? '', /dedupe\.buffer\.size/);
});

test('append adds what is not there, subtract takes away, from the default where nothing is set', () => {
  const apply = (current: string | undefined, operation: number, operand: string) => {
    const applied = applyConfigOperation(configResourceType.topic, 'cleanup.policy', current, operation, operand);
    assert.ok('value' in applied);
    return applied.value;
  };
  assert.equal(apply(undefined, configOperation.append, 'compact'), 'delete,compact');
  assert.equal(apply('compact', configOperation.append, 'compact,delete,delete'), 'compact,delete');
  assert.equal(apply('compact,delete', configOperation.subtract, 'delete,x'), 'compact');
  assert.equal(apply(undefined, configOperation.subtract, 'delete'), '');
  assert.equal(apply('x', configOperation.delete, ''), null);
});

test('an operation that does not exist is a bad request', () => {
  const applied = applyConfigOperation(configResourceType.topic, 'cleanup.policy', undefined, 9, 'x');
  assert.ok('problem' in applied && applied.problem.code === 'INVALID_REQUEST');
});
