import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configResourceType } from '#engine/broker/config-resource-types.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { ListConfigResourcesResponse } from '#engine/protocol/generated/list-config-resources-response.js';
import { brokerView, FakeBroker } from '../../../../support/fake-broker-services.ts';

async function list(broker: FakeBroker, version: number, resourceTypes: number[] = []) {
  const request = version === 0 ? {} : { resourceTypes };
  const answer = (await broker.call(apiKey.ListConfigResources, version, request)) as ListConfigResourcesResponse;
  const found = answer.configResources.map(({ resourceName, resourceType }) => `${resourceType}:${resourceName}`);
  return { code: answer.errorCode, found: found.sort() };
}

function populated(): FakeBroker {
  const broker = new FakeBroker({ brokers: [brokerView(1), brokerView(2, { fenced: true })] });
  broker.addTopic('a');
  broker.addTopic('b');
  broker.resourceConfigs.set(configResourceType.group, new Map([['g', new Map()]]));
  broker.resourceConfigs.set(configResourceType.clientMetrics, new Map([['m', new Map()]]));
  return broker;
}

test('version 0 lists client metrics subscriptions', async () => {
  assert.deepEqual(await list(populated(), 0), { code: 0, found: ['16:m'] });
});

test('version 1 lists what types were asked for, all without a choice', async () => {
  const broker = populated();
  const all = ['16:m', '2:a', '2:b', '32:g', '4:1', '4:2', '8:1', '8:2'];
  assert.deepEqual(await list(broker, 1), { code: 0, found: all });
  assert.deepEqual(await list(broker, 1, [2, 32, 2]), { code: 0, found: ['2:a', '2:b', '32:g'] });
});

test('a type that does not exist fails the request', async () => {
  for (const type of [0, 1, 3, 99, -1]) {
    assert.deepEqual(await list(populated(), 1, [2, type]), { code: errorCode.UNSUPPORTED_VERSION, found: [] });
  }
});
