import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Request } from '#engine/broker/request.ts';
import { apiRow } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { ApiVersionsResponse } from '#engine/protocol/generated/api-versions-response.js';
import { FakeBroker, FakeExchange } from '../../../../support/fake-broker-services.ts';

async function apiVersions(broker: FakeBroker, version: number, message: object = {}) {
  const software = version >= 3 ? { clientSoftwareName: 'test', clientSoftwareVersion: '1.0', ...message } : {};
  return (await broker.call(apiKey.ApiVersions, version, software)) as ApiVersionsResponse;
}

test('every version names what the table serves, and nothing else', async () => {
  const broker = new FakeBroker();
  const served = broker.rows.map(({ api }) => api.key).sort((a, b) => a - b);
  for (const version of [0, 1, 2, 3, 4]) {
    const { apiKeys } = await apiVersions(broker, version);
    assert.deepEqual(
      apiKeys.map(({ apiKey: key }) => key),
      served,
    );
    for (const { apiKey: key, minVersion, maxVersion } of apiKeys) {
      assert.deepEqual([minVersion, maxVersion], [apiRow(key)!.minVersion, apiRow(key)!.maxVersion]);
    }
  }
});

test('features from version 3, those that may be off from version 4', async () => {
  const broker = new FakeBroker();
  const old = await apiVersions(broker, 3);
  assert.deepEqual(
    old.supportedFeatures.map(({ name }) => name),
    ['metadata.version'],
  );
  assert.equal(old.finalizedFeaturesEpoch, 7n);
  const { supportedFeatures, finalizedFeatures } = await apiVersions(broker, 4);
  assert.ok(supportedFeatures.some(({ minVersion }) => minVersion === 0));
  assert.deepEqual(
    finalizedFeatures.map(({ name, minVersionLevel, maxVersionLevel }) => [name, minVersionLevel, maxVersionLevel]),
    [['metadata.version', 30, 30]],
  );
});

test('names of client software are checked and remembered', async () => {
  const legal = ['a', 'apache-kafka-java', 'a.b-c', '4.3.1'];
  const illegal = ['', 'a b', '-a', 'a-', 'a_b', '1+2', '.', 'é'];
  for (const clientSoftwareName of legal) {
    const broker = new FakeBroker();
    assert.equal((await apiVersions(broker, 3, { clientSoftwareName })).errorCode, 0);
    assert.equal(broker.peer.clientSoftwareName, clientSoftwareName);
  }
  for (const text of illegal) {
    for (const message of [{ clientSoftwareName: text }, { clientSoftwareVersion: text }]) {
      const broker = new FakeBroker();
      const answer = await apiVersions(broker, 4, message);
      assert.deepEqual([answer.errorCode, answer.apiKeys.length], [errorCode.INVALID_REQUEST, 0], text);
      assert.equal(broker.peer.clientSoftwareName, 'unknown');
    }
  }
});

test('a version that is too new is answered in version 0, with the range', async () => {
  const broker = new FakeBroker();
  const exchange = new FakeExchange(new Uint8Array(0));
  const api = apiRow(apiKey.ApiVersions)!;
  broker.table.answerUnsupportedApiVersions(new Request(exchange, broker.peer, api, 0, 99, null, 0));
  await exchange.finished;
  const answer = (await broker.decode(apiKey.ApiVersions, 0, exchange)) as ApiVersionsResponse;
  assert.equal(answer.errorCode, errorCode.UNSUPPORTED_VERSION);
  assert.deepEqual(
    answer.apiKeys.map(({ apiKey: key, minVersion, maxVersion }) => [key, minVersion, maxVersion]),
    [[18, 0, 4]],
  );
});
