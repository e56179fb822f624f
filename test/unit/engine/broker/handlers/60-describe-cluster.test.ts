import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeClusterResponse } from '#engine/protocol/generated/describe-cluster-response.js';
import { brokerView, FakeBroker } from '../../../../support/fake-broker-services.ts';

const noOperations = -(2 ** 31);

async function describe(broker: FakeBroker, version: number, request: object = {}) {
  return (await broker.call(apiKey.DescribeCluster, version, request)) as DescribeClusterResponse;
}

function cluster(): FakeBroker {
  const elsewhere = { listener: 'INTERNAL', host: 'inner', port: 1, securityProtocol: 0 };
  return new FakeBroker({
    brokers: [
      brokerView(1, { rack: 'r1' }),
      brokerView(2, { fenced: true }),
      brokerView(3, { endpoints: [elsewhere] }),
    ],
  });
}

test('every version lists the brokers of the listener; fenced ones when asked for', async () => {
  const broker = cluster();
  for (const version of [0, 1, 2]) {
    const { clusterId, controllerId, brokers, clusterAuthorizedOperations } = await describe(broker, version);
    assert.equal(clusterId, 'cluster-cluster-cluster');
    assert.equal(controllerId, 1);
    assert.equal(clusterAuthorizedOperations, noOperations);
    assert.deepEqual(
      brokers.map(({ brokerId, host, port, rack, isFenced }) => [brokerId, host, port, rack, isFenced]),
      [[1, 'host1', 9001, 'r1', false]],
    );
  }
  const { brokers } = await describe(broker, 2, { includeFencedBrokers: true });
  assert.deepEqual(
    brokers.map(({ brokerId, isFenced }) => [brokerId, isFenced]),
    [
      [1, false],
      [2, true],
    ],
  );
});

test('operations are named when asked for', async () => {
  const { clusterAuthorizedOperations } = await describe(cluster(), 0, { includeClusterAuthorizedOperations: true });
  assert.equal(clusterAuthorizedOperations, 8096);
});

test('controllers, and endpoint types that do not exist, are refused', async () => {
  const broker = cluster();
  const wanted = await describe(broker, 1, { endpointType: 2 });
  assert.equal(wanted.errorCode, errorCode.MISMATCHED_ENDPOINT_TYPE);
  assert.deepEqual([wanted.clusterId, wanted.controllerId, wanted.brokers.length], ['', -1, 0]);
  for (const endpointType of [0, 3, -1]) {
    const { errorCode: code, errorMessage } = await describe(broker, 1, { endpointType });
    assert.equal(code, errorCode.UNSUPPORTED_ENDPOINT_TYPE);
    assert.match(errorMessage!, new RegExp(String(endpointType)));
  }
});
