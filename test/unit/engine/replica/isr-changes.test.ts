import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeAlterPartitionResponse } from '../../../../engine/protocol/generated/alter-partition-response.js';
import { Writer } from '../../../../engine/protocol/writer.ts';
import { IsrChanges } from '../../../../engine/replica/isr-changes.ts';
import type { AlterPartitionResult } from '../../../../engine/replica/leadership.ts';
import { SteppedClock } from '../../../support/stepped-clock.ts';

const topicId = 'OLW_-dMFRtW3H0fKVauU7w';

function answerOf(version: number): Uint8Array {
  const partition = { partitionIndex: 0, errorCode: 0, leaderId: 1, leaderEpoch: 3, isr: [1, 2], partitionEpoch: 8 };
  const writer = new Writer();
  const topics = [{ topicId, partitions: [{ ...partition, leaderRecoveryState: 0 }] }];
  encodeAlterPartitionResponse(writer, { throttleTimeMs: 0, errorCode: 0, topics }, version);
  return writer.toBytes();
}

test('an answer that makes no sense is as good as none: the change is asked for again', () => {
  const clock = new SteppedClock();
  const answers = [Uint8Array.of(1, 2, 3), null, answerOf(3)];
  let sent = 0;
  const changes = new IsrChanges({
    nodeId: 1,
    clock,
    brokerEpoch: () => 5,
    send: (version, _body, answered) => {
      assert.equal(version, 3);
      answered(answers[sent++]!);
    },
  });
  const change = {
    topicId,
    partition: 0,
    leaderEpoch: 3,
    partitionEpoch: 7,
    isr: [
      { brokerId: 1, brokerEpoch: 5 },
      { brokerId: 2, brokerEpoch: 6 },
    ],
  };
  const results: AlterPartitionResult[] = [];
  changes.ask(
    () => change,
    (_asked, result) => void results.push(result),
  );
  for (let ms = 0; ms < 10 && results.length === 0; ms++) clock.advance(50);
  assert.equal(sent, 3);
  assert.deepEqual(results, [{ errorCode: 0, isr: [1, 2], leaderEpoch: 3, partitionEpoch: 8 }]);
});
