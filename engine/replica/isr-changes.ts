import type { NodeId, TopicId } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import { errorCode } from '../protocol/errors.ts';
import {
  type AlterPartitionRequest,
  encodeAlterPartitionRequest,
  type PartitionData,
} from '../protocol/generated/alter-partition-request.js';
import {
  type AlterPartitionResponse,
  decodeAlterPartitionResponse,
} from '../protocol/generated/alter-partition-response.js';
import { nullWhereBroken } from '../protocol/null-where-broken.ts';
import { Reader } from '../protocol/reader.ts';
import type { Init } from '../protocol/types.ts';
import { Writer } from '../protocol/writer.ts';
import type { IsrChange } from './host.ts';
import type { AlterPartitionResult } from './leadership.ts';

export interface IsrChangesOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  brokerEpoch(): number;
  /** Takes an AlterPartition to the active controller; null: no answer came. */
  send(version: number, body: Uint8Array, answered: (answer: Uint8Array | null) => void): void;
}

interface Wish {
  readonly current: () => IsrChange | null;
  readonly done: (asked: IsrChange, result: AlterPartitionResult) => void;
}

const alterPartitionVersion = 3;
const retryMs = 50;
/** Partitions of one request: some 30 bytes each, and a request fits a chunk between threads. */
const mostAtOnce = 4096;

/** What the controller has decided for good; after anything else it is asked again. */
const finalCodes: ReadonlySet<number> = new Set([
  0,
  errorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorCode.UNKNOWN_TOPIC_ID,
  errorCode.FENCED_LEADER_EPOCH,
  errorCode.NEW_LEADER_ELECTED,
  errorCode.INVALID_UPDATE_VERSION,
  errorCode.INVALID_REQUEST,
  errorCode.INELIGIBLE_REPLICA,
  errorCode.OPERATION_NOT_ATTEMPTED,
]);

/** Gathers the changes of ISRs that this thread's partitions want: one request at a time, and all there are in it. */
export class IsrChanges {
  private readonly options: IsrChangesOptions;
  private wishes: Wish[] = [];
  private isBusy = false;
  private isPlanned = false;

  constructor(options: IsrChangesOptions) {
    this.options = options;
  }

  ask(current: () => IsrChange | null, done: (asked: IsrChange, result: AlterPartitionResult) => void): void {
    this.wishes.push({ current, done });
    this.plan(0);
  }

  /** Not within the call: more changes may come with the one that brought this. */
  private plan(delayMs: number): void {
    if (this.isBusy || this.isPlanned) return;
    this.isPlanned = true;
    this.options.clock.schedule(delayMs, () => {
      this.isPlanned = false;
      this.send();
    });
  }

  private send(): void {
    const asked: { readonly wish: Wish; readonly change: IsrChange }[] = [];
    let next = 0;
    for (; next < this.wishes.length && asked.length < mostAtOnce; next++) {
      const wish = this.wishes[next]!;
      const change = wish.current();
      if (change !== null) asked.push({ wish, change });
    }
    this.wishes = this.wishes.slice(next);
    if (asked.length === 0) return;
    this.isBusy = true;
    const writer = new Writer();
    encodeAlterPartitionRequest(writer, this.requestOf(asked.map(({ change }) => change)), alterPartitionVersion);
    this.options.send(alterPartitionVersion, writer.toBytes(), (answer) => {
      this.isBusy = false;
      // An answer that makes no sense is none: it is asked again.
      const response =
        answer === null
          ? null
          : nullWhereBroken(() => decodeAlterPartitionResponse(new Reader(answer), alterPartitionVersion));
      const results = response === null || response.errorCode !== 0 ? new Map() : resultsOf(response);
      let hasFailed = false;
      for (const { wish, change } of asked) {
        const result: AlterPartitionResult | undefined = results.get(keyOf(change.topicId, change.partition));
        if (result !== undefined && finalCodes.has(result.errorCode)) {
          wish.done(change, result);
        } else {
          hasFailed = true;
          this.wishes.push(wish);
        }
      }
      if (this.wishes.length > 0) this.plan(hasFailed ? retryMs : 0);
    });
  }

  private requestOf(changes: readonly IsrChange[]): Init<AlterPartitionRequest> {
    const topics = new Map<TopicId, Init<PartitionData>[]>();
    for (const { topicId, partition, leaderEpoch, partitionEpoch, isr } of changes) {
      const partitions = topics.get(topicId) ?? [];
      topics.set(topicId, partitions);
      partitions.push({
        partitionIndex: partition,
        leaderEpoch,
        newIsrWithEpochs: isr.map(({ brokerId, brokerEpoch }) => ({ brokerId, brokerEpoch: BigInt(brokerEpoch) })),
        leaderRecoveryState: 0,
        partitionEpoch,
      });
    }
    return {
      brokerId: this.options.nodeId,
      brokerEpoch: BigInt(this.options.brokerEpoch()),
      topics: [...topics].map(([topicId, partitions]) => ({ topicId, partitions })),
    };
  }
}

function resultsOf(response: AlterPartitionResponse): Map<string, AlterPartitionResult> {
  const results = new Map<string, AlterPartitionResult>();
  for (const { topicId, partitions } of response.topics) {
    for (const { partitionIndex, errorCode: code, isr, leaderEpoch, partitionEpoch } of partitions) {
      results.set(keyOf(topicId, partitionIndex), { errorCode: code, isr, leaderEpoch, partitionEpoch });
    }
  }
  return results;
}

function keyOf(topicId: TopicId, partition: number): string {
  return `${topicId}/${partition}`;
}
