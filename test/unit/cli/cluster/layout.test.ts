import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrapServers, initialControllers, layOut, nodeProperties } from '../../../../cli/cluster/layout.ts';
import { readClusterOptions } from '../../../../cli/cluster/options.ts';
import { UsageError } from '../../../../cli/command-error.ts';
import { parseBrokerConfig } from '../../../../engine/metadata/config/broker-config.ts';

test('combined nodes are brokers and controllers; with controllers of their own, brokers are only brokers', () => {
  const combined = layOut({ brokers: 3, controllers: 0, basePort: 9092 });
  assert.deepEqual(
    combined.map(({ nodeId, isBroker, isController }) => [nodeId, isBroker, isController]),
    [1, 2, 3].map((id) => [id, true, true]),
  );
  assert.equal(bootstrapServers(combined), '127.0.0.1:9092,127.0.0.1:9094,127.0.0.1:9096');
  const apart = layOut({ brokers: 2, controllers: 1, basePort: 9092 });
  assert.deepEqual(
    apart.map(({ nodeId, isBroker, isController }) => [nodeId, isBroker, isController]),
    [
      [1, true, false],
      [2, true, false],
      [3, false, true],
    ],
  );
  assert.equal(bootstrapServers(apart), '127.0.0.1:9092,127.0.0.1:9094');
  const ids = new Map([[3, 'JEXY6aqzQY-32P5TStzaFg']]);
  assert.equal(initialControllers(apart, ids), '3@127.0.0.1:9097:JEXY6aqzQY-32P5TStzaFg');
});

test('the properties of every node are a configuration, and no two nodes take the same port', () => {
  for (const shape of [
    { brokers: 1, controllers: 0, basePort: 9092 },
    { brokers: 3, controllers: 0, basePort: 20_000 },
    { brokers: 4, controllers: 3, basePort: 9092 },
  ]) {
    const nodes = layOut(shape);
    const ports = new Set<number>();
    let count = 0;
    for (const node of nodes) {
      const properties = nodeProperties(node, nodes, `/data/${node.nodeId}`);
      const config = parseBrokerConfig(new Map(Object.entries(properties)));
      assert.deepEqual(config.unknownKeys, []);
      assert.equal(config.values.number('default.replication.factor'), node.isBroker ? Math.min(3, shape.brokers) : 1);
      for (const { port } of [...config.listeners, config.metricsListener!]) {
        ports.add(port);
        count += 1;
      }
    }
    assert.equal(ports.size, count);
  }
});

test('the command line is read, and refused with its usage', () => {
  const options = readClusterOptions(['--nodes', '5', '--override', 'num.partitions=3', '--clean'], '/d');
  assert.deepEqual(options, {
    directory: '/d',
    clean: true,
    overrides: [['num.partitions', '3']],
    asked: { brokers: 5 },
  });
  assert.equal(readClusterOptions(['-h'], '/d'), null);
  for (const args of [['--nodes', '0'], ['--nodes', 'x'], ['--bogus'], ['more'], ['--override', 'x'], ['--nodes']]) {
    assert.throws(() => readClusterOptions(args, '/d'), UsageError, args.join(' '));
  }
});
