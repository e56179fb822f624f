import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { decodeFetchRequest } from '#engine/protocol/generated/fetch-request.js';
import { encodeFetchResponse, type FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import { decodeListOffsetsRequest } from '#engine/protocol/generated/list-offsets-request.js';
import { encodeListOffsetsResponse } from '#engine/protocol/generated/list-offsets-response.js';
import { Reader } from '#engine/protocol/reader.ts';
import type { Init } from '#engine/protocol/types.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { Fetcher } from '#engine/replica/fetcher.ts';
import type { CopyOutcome, FollowedLog } from '#engine/replica/follower.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { SteppedClock } from '../../../support/stepped-clock.ts';

const topicId = 'AAAAAAAAAAAAAAAAAAAAAQ';
const [fetchVersion, offsetsVersion] = [17, 9];

/** Says what was done to it, and answers as it is told. */
class ScriptedLog implements FollowedLog {
  readonly done: string[] = [];
  endOffset = 10;
  lastEpoch = 3;
  outcome: CopyOutcome = 'ok';
  isThrottled = false;

  position() {
    return { endOffset: this.endOffset, lastEpoch: this.lastEpoch, logStartOffset: 0 };
  }

  append(
    records: Uint8Array | null,
    highWatermark: number,
    _start: number,
    done: (outcome: CopyOutcome) => void,
  ): void {
    this.done.push(`append ${records?.length ?? 0} hw ${highWatermark}`);
    this.endOffset += records?.length ?? 0;
    done(this.outcome);
  }

  truncateTo(leaderEpoch: number, endOffset: number, done: (outcome: CopyOutcome) => void): void {
    this.done.push(`truncate ${leaderEpoch} ${endOffset}`);
    [this.endOffset, this.lastEpoch] = [endOffset, leaderEpoch];
    done('ok');
  }

  beginAt(offset: number, done: (outcome: CopyOutcome) => void): void {
    this.done.push(`begin ${offset}`);
    [this.endOffset, this.lastEpoch] = [offset, -1];
    done('ok');
  }

  cutTo(offset: number, done: (outcome: CopyOutcome) => void): void {
    this.done.push(`cut ${offset}`);
    this.endOffset = offset;
    done('ok');
  }
}

/** A fetcher, and the leader's end of its connection. */
class Script {
  readonly clock = new SteppedClock();
  readonly fetcher: Fetcher;
  interrupts = 0;
  readonly quota = { isOver: false, recordedBytes: 0 };
  private sent: { key: number; body: Uint8Array; answered: (answer: Uint8Array | null) => void } | undefined;

  constructor() {
    const settings = {
      maxWaitMs: 500,
      minBytes: 1,
      maxBytes: 100,
      partitionMaxBytes: 50,
      backoffMs: 1000,
      timeoutMs: 9000,
    };
    this.fetcher = new Fetcher({
      nodeId: 2,
      leader: 1,
      brokerEpoch: () => 77,
      clock: this.clock,
      logger: new MemoryLogger(),
      settings: () => settings,
      quota: {
        isExceeded: () => this.quota.isOver,
        record: (bytes) => {
          this.quota.recordedBytes += bytes;
        },
      },
      connection: {
        send: (key, _version, body, _timeoutMs, answered) => {
          assert.equal(this.sent, undefined, 'one request at a time');
          this.sent = { key, body, answered };
        },
        interrupt: () => {
          this.interrupts += 1;
          this.sent = undefined;
        },
      },
    });
  }

  add(partition: number, log = new ScriptedLog()): ScriptedLog {
    this.fetcher.add({ row: partition, topicId, topic: 'orders', partition, leaderEpoch: 4, log });
    return log;
  }

  /** What is asked: session, its epoch, `partition@offset`, and `-partition` for what is forgotten. */
  asked(): string {
    assert.equal(this.sent?.key, apiKey.Fetch);
    const { sessionId, sessionEpoch, topics, forgottenTopicsData, replicaState } = decodeFetchRequest(
      new Reader(this.sent!.body),
      fetchVersion,
    );
    assert.deepEqual([replicaState.replicaId, replicaState.replicaEpoch], [2, 77n]);
    const named = topics.flatMap(({ partitions }) => partitions.map((each) => `${each.partition}@${each.fetchOffset}`));
    const forgotten = forgottenTopicsData.flatMap(({ partitions }) => partitions.map((each) => `-${each}`));
    return [`${sessionId}/${sessionEpoch}`, ...named, ...forgotten].join(' ');
  }

  isSilent(): boolean {
    return this.sent === undefined;
  }

  answer(response: Init<FetchResponse>): void {
    const writer = new Writer();
    encodeFetchResponse(writer, response, fetchVersion);
    this.reply(writer.toBytes());
  }

  answerPartitions(
    ...partitions: NonNullable<Init<FetchResponse>['responses']>[number]['partitions'] & object[]
  ): void {
    this.answer({ sessionId: 5, responses: [{ topicId, partitions }] });
  }

  answerOffset(place: bigint, offset: bigint): void {
    assert.equal(this.sent?.key, apiKey.ListOffsets);
    const request = decodeListOffsetsRequest(new Reader(this.sent!.body), offsetsVersion);
    assert.equal(request.replicaId, 2);
    const { partitionIndex, timestamp, currentLeaderEpoch } = request.topics[0]!.partitions[0]!;
    assert.deepEqual([timestamp, currentLeaderEpoch], [place, 4]);
    const writer = new Writer();
    const topics = [{ name: 'orders', partitions: [{ partitionIndex, offset }] }];
    encodeListOffsetsResponse(writer, { topics }, offsetsVersion);
    this.reply(writer.toBytes());
  }

  reply(answer: Uint8Array | null): void {
    const { answered } = this.sent!;
    this.sent = undefined;
    answered(answer);
  }
}

test('a session names what is new, and forgets what is not followed any longer', () => {
  const script = new Script();
  const log = script.add(0);
  script.add(1);
  script.fetcher.changed();
  assert.equal(script.asked(), '0/0 0@10 1@10');
  script.answerPartitions({ partitionIndex: 0, highWatermark: 12n, records: new Uint8Array(4) });
  assert.deepEqual(log.done, ['append 4 hw 12']);
  assert.equal(script.asked(), '5/1 0@14');
  script.answer({ sessionId: 5, responses: [] });
  assert.equal(script.asked(), '5/2');
  script.fetcher.remove(1);
  script.answer({ sessionId: 5, responses: [] });
  assert.equal(script.asked(), '5/3 -1');
});

test('a session that the leader does not know is begun anew, and so is one whose request was lost', () => {
  const script = new Script();
  script.add(0);
  script.fetcher.changed();
  script.answer({ sessionId: 5, responses: [] });
  script.answer({ errorCode: errorCode.FETCH_SESSION_ID_NOT_FOUND });
  assert.equal(script.asked(), '0/0 0@10');
  script.answer({ sessionId: 6, responses: [] });
  script.reply(null);
  assert.ok(script.isSilent());
  script.clock.advance(1000);
  assert.equal(script.asked(), '6/0 0@10');
});

test('a log that parts from its leader is cut, and one beyond it asks where the leader ends and begins', () => {
  const script = new Script();
  const log = script.add(0);
  script.fetcher.changed();
  script.answerPartitions({ partitionIndex: 0, divergingEpoch: { epoch: 2, endOffset: 7n } });
  assert.equal(script.asked(), '5/1 0@7');
  script.answerPartitions({ partitionIndex: 0, errorCode: errorCode.OFFSET_OUT_OF_RANGE });
  script.answerOffset(-1n, 30n);
  script.answerOffset(-2n, 20n);
  assert.equal(script.asked(), '5/2 0@20');
  script.answerPartitions({ partitionIndex: 0, errorCode: errorCode.OFFSET_OUT_OF_RANGE });
  script.answerOffset(-1n, 15n);
  assert.equal(script.asked(), '5/3 0@15');
  assert.deepEqual(log.done, ['truncate 2 7', 'begin 20', 'cut 15']);
});

test('a partition that is refused is left alone for a while, others go on', () => {
  const script = new Script();
  script.add(0);
  script.add(1);
  script.fetcher.changed();
  script.answerPartitions({ partitionIndex: 0, errorCode: errorCode.UNKNOWN_LEADER_EPOCH });
  assert.equal(script.asked(), '5/1 -0');
  script.clock.advance(1000);
  script.answer({ sessionId: 5, responses: [] });
  assert.equal(script.asked(), '5/2 0@10');
});

test('what comes to be followed does not wait until the fetch of the others is over', () => {
  const script = new Script();
  script.add(0);
  script.fetcher.changed();
  script.fetcher.changed();
  assert.equal(script.interrupts, 0);
  script.add(1);
  script.fetcher.changed();
  assert.equal(script.interrupts, 1);
  assert.equal(script.asked(), '0/0 0@10 1@10');
});

test('a log that takes nothing any more is not fetched', () => {
  const script = new Script();
  script.add(0).outcome = 'failed';
  script.fetcher.changed();
  script.answerPartitions({ partitionIndex: 0, highWatermark: 12n, records: new Uint8Array(4) });
  assert.ok(script.isSilent());
  assert.equal(script.fetcher.size, 0);
});

test('a throttled partition that is behind is left out while the quota is exceeded, and the others are not', () => {
  const script = new Script();
  const log = script.add(0);
  log.isThrottled = true;
  script.add(1);
  script.quota.isOver = true;
  script.fetcher.changed();
  assert.equal(script.asked(), '0/0 1@10', 'whether it is behind is not known before the first answer');
  script.fetcher.changed();
  assert.equal(script.interrupts, 0, 'nothing that may be asked for is new');
  script.quota.isOver = false;
  script.answer({ sessionId: 5, responses: [] });
  assert.equal(script.asked(), '5/1 0@10');
  script.quota.isOver = true;
  script.answerPartitions({ partitionIndex: 0, highWatermark: 30n, records: new Uint8Array(4) });
  assert.equal(script.asked(), '5/2 -0');
  assert.equal(script.quota.recordedBytes, 4);
  script.quota.isOver = false;
  script.answerPartitions({ partitionIndex: 1, highWatermark: 14n, records: new Uint8Array(4) });
  assert.equal(script.asked(), '5/3 0@14 1@14');
  script.quota.isOver = true;
  script.answerPartitions({ partitionIndex: 0, highWatermark: 24n, records: new Uint8Array(10) });
  assert.equal(script.asked(), '5/4 0@24', 'what is in sync goes on');
  assert.equal(script.quota.recordedBytes, 14, 'and counts');
});

test('where all that is followed is held back, it is looked at again after the back-off', () => {
  const script = new Script();
  script.add(0).isThrottled = true;
  script.quota.isOver = true;
  script.fetcher.changed();
  assert.ok(script.isSilent());
  script.clock.advance(1000);
  assert.ok(script.isSilent());
  script.quota.isOver = false;
  script.clock.advance(1000);
  assert.equal(script.asked(), '0/0 0@10');
});
