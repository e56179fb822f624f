import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeQuorumApi } from '../../../../../engine/node/quorum/describe-quorum.ts';
import { errorCode } from '../../../../../engine/protocol/errors.ts';
import { encodeDescribeQuorumRequest } from '../../../../../engine/protocol/generated/describe-quorum-request.js';
import { decodeDescribeQuorumResponse } from '../../../../../engine/protocol/generated/describe-quorum-response.js';
import { Reader } from '../../../../../engine/protocol/reader.ts';
import { Writer } from '../../../../../engine/protocol/writer.ts';

const log = { describeQuorum: () => null };

function requestFor(topicName: string, version = 2): Uint8Array {
  const writer = new Writer();
  encodeDescribeQuorumRequest(writer, { topics: [{ topicName, partitions: [{ partitionIndex: 0 }] }] }, version);
  return writer.toBytes().slice();
}

test('a request that cannot be read, or whose topic cannot be told back, has no answer', async () => {
  assert.equal(await describeQuorumApi(log, 2, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x07)), null);
  const broken = requestFor('x'.repeat(32_767));
  broken[100] = 0xff;
  assert.equal(await describeQuorumApi(log, 2, broken), null);
});

test('other topics are unknown, and a node that does not lead says so', async () => {
  const unknown = decodeDescribeQuorumResponse(new Reader((await describeQuorumApi(log, 2, requestFor('t')))!), 2);
  assert.equal(unknown.topics[0]!.partitions[0]!.errorCode, errorCode.UNKNOWN_TOPIC_OR_PARTITION);
  const own = await describeQuorumApi(log, 2, requestFor('__cluster_metadata'));
  assert.equal(decodeDescribeQuorumResponse(new Reader(own!), 2).errorCode, errorCode.NOT_LEADER_OR_FOLLOWER);
});

test('every version tells of the voters what it has room for', async () => {
  const replica = { id: 1, directoryId: 'bWlsbHJhY2UtZGlyLTAwMQ', logEndOffset: 7, lastFetchTimestampMs: 5 };
  const voters = [{ ...replica, lastCaughtUpTimestampMs: 6 }];
  const nodes = [{ id: 1, listeners: [{ name: 'CONTROLLER', host: 'localhost', port: 9093 }] }];
  const leading = {
    describeQuorum: () => ({ leaderId: 1, leaderEpoch: 3, highWatermark: 7, voters, observers: voters, nodes }),
  };
  for (const version of [0, 1, 2]) {
    const body = await describeQuorumApi(leading, version, requestFor('__cluster_metadata', version));
    const answer = decodeDescribeQuorumResponse(new Reader(body!), version);
    const { currentVoters, leaderEpoch } = answer.topics[0]!.partitions[0]!;
    assert.equal(leaderEpoch, 3);
    assert.equal(currentVoters[0]!.lastFetchTimestamp, version >= 1 ? 5n : -1n);
    assert.equal(currentVoters[0]!.replicaDirectoryId === replica.directoryId, version >= 2);
    assert.equal(answer.nodes.length, version >= 2 ? 1 : 0);
  }
});
