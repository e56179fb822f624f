import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { JoinGroupResponse } from '#engine/protocol/generated/join-group-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

function waitingBroker(): FakeBroker {
  const broker = new FakeBroker({ groups: () => 'wait' });
  broker.addTopic('__consumer_offsets', { partitions: 3 });
  return broker;
}

const joining = {
  groupId: 'g',
  sessionTimeoutMs: 10_000,
  memberId: '',
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: Uint8Array.of(1) }],
};

test('the answer waits for the group; meanwhile the bytes of the request are not held', async () => {
  const broker = waitingBroker();
  const exchange = await broker.send(apiKey.JoinGroup, 9, joining);
  assert.equal(exchange.reply, undefined);
  assert.equal(exchange.isReleased, true);
  const [{ question, answer }] = broker.waitingCalls as [(typeof broker.waitingCalls)[0]];
  assert.ok(question.call.api === 'joinGroup');
  assert.deepEqual(question.call.caller, { clientId: 'fake', clientHost: '/127.0.0.1', version: 9 });
  answer({ errorCode: 0, reply: { memberId: 'm', generationId: 3, protocolName: 'range', leader: 'm' } });
  await exchange.finished;
  const response = (await broker.decode(apiKey.JoinGroup, 9, exchange)) as JoinGroupResponse;
  assert.deepEqual([response.memberId, response.generationId, response.protocolName], ['m', 3, 'range']);
  assert.equal(broker.peer.onClose, undefined);
});

test('every version says that there is no protocol, as it can', async () => {
  for (let version = 0; version <= 9; version++) {
    const broker = waitingBroker();
    const exchange = await broker.send(apiKey.JoinGroup, version, joining);
    const reply = { memberId: 'm', errorCode: errorCode.UNKNOWN_MEMBER_ID, protocolName: null };
    broker.waitingCalls[0]!.answer({ errorCode: 0, reply });
    await exchange.finished;
    const response = (await broker.decode(apiKey.JoinGroup, version, exchange)) as JoinGroupResponse;
    assert.deepEqual(
      [response.errorCode, response.protocolName],
      [errorCode.UNKNOWN_MEMBER_ID, version < 7 ? '' : null],
    );
  }
});

test('a closed connection gives its wait up, of JoinGroup and of SyncGroup', async () => {
  const broker = waitingBroker();
  const syncing = { groupId: 'g', generationId: 1, memberId: 'm', protocolType: 'consumer', protocolName: 'range' };
  await broker.send(apiKey.JoinGroup, 9, joining);
  broker.peer.onClose?.();
  assert.equal(broker.cancelledCalls, 1);
  await broker.send(apiKey.SyncGroup, 5, syncing);
  broker.peer.onClose?.();
  assert.equal(broker.cancelledCalls, 2);
});
