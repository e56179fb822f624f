import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { InitProducerIdResponse } from '#engine/protocol/generated/init-producer-id-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

async function init(broker: FakeBroker, version: number, message: object) {
  const request = { transactionalId: null, transactionTimeoutMs: 0, ...message };
  const answer = (await broker.call(apiKey.InitProducerId, version, request)) as InitProducerIdResponse;
  return [answer.errorCode, answer.producerId, answer.producerEpoch];
}

test('every version hands out ids one after the other, with epoch 0', async () => {
  const broker = new FakeBroker();
  for (let version = 0; version <= 5; version++) {
    assert.deepEqual(await init(broker, version, {}), [0, BigInt(version), 0]);
  }
});

test('an id and epoch that are brought along are replaced', async () => {
  const broker = new FakeBroker();
  assert.deepEqual(await init(broker, 5, { producerId: 77n, producerEpoch: 32767 }), [0, 0n, 0]);
});

test('an id without an epoch, or an epoch without an id, is invalid', async () => {
  const broker = new FakeBroker();
  const refused = [errorCode.INVALID_REQUEST, -1n, -1];
  assert.deepEqual(await init(broker, 5, { producerId: 77n }), refused);
  assert.deepEqual(await init(broker, 5, { producerEpoch: 3 }), refused);
  assert.deepEqual(await init(broker, 5, { transactionalId: 'x', transactionTimeoutMs: 1, producerEpoch: 3 }), refused);
});

test('transactional ids: the checks that every broker makes, then NOT_COORDINATOR', async () => {
  const broker = new FakeBroker();
  const codeFor = async (transactionalId: string, transactionTimeoutMs: number) =>
    (await init(broker, 5, { transactionalId, transactionTimeoutMs }))[0];
  assert.equal(await codeFor('', -1), errorCode.INVALID_REQUEST);
  assert.equal(await codeFor('x', 0), errorCode.INVALID_TRANSACTION_TIMEOUT);
  assert.equal(await codeFor('x', 900_001), errorCode.INVALID_TRANSACTION_TIMEOUT);
  assert.equal(await codeFor('x', 900_000), errorCode.NOT_COORDINATOR);
  assert.equal(broker.nextProducerId, 0n);
});
