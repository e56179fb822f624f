import { BlockMemory } from '../../base/block-memory.ts';
import type { PartitionRow } from '../../base/brands.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Checksum } from '../../base/codec.ts';
import type { GroupAnswer } from '../../broker/group-questions.ts';
import { encodeGroupRecord } from '../../groups/group-records.ts';
import type { GroupMachine } from '../../groups/machine.ts';
import type { GroupEffect, Moment } from '../../groups/types.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { GroupCall } from '../../protocol/group-calls.ts';
import { BatchBuilder } from '../../protocol/records/batch-builder.ts';
import type { AppendSink } from '../../replica/append.ts';
import type { ShardReplicas } from '../../replica/shard-replicas.ts';

export interface GroupPartitionOptions {
  readonly row: PartitionRow;
  readonly topicGeneration: number;
  readonly leaderEpoch: number;
  readonly replicas: ShardReplicas;
  readonly clock: Clock;
  readonly checksum: Checksum;
  /** The partition's log takes no records any more. */
  readonly lost: (partition: GroupPartition) => void;
}

/** A sleep longer than this is taken in several. */
const longestSleepMs = 24 * 60 * 60 * 1000;

/** A batch of one offset fits. */
const batchBytes = 256;
const batchMemory = new BlockMemory();

const losses: ReadonlySet<number> = new Set([
  errorCode.KAFKA_STORAGE_ERROR,
  errorCode.NOT_LEADER_OR_FOLLOWER,
  errorCode.UNKNOWN_TOPIC_OR_PARTITION,
]);

/** A machine of groups with its partition's log, its clock, and those who wait for its answers. */
export class GroupPartition implements AppendSink {
  readonly options: GroupPartitionOptions;
  readonly machine: GroupMachine;
  isLoaded = false;
  /** Topics that were deleted while the partition was read. */
  private deletedTopics: string[] = [];
  private readonly waiters = new Map<number, (answer: GroupAnswer) => void>();
  private nextWaiter = 1;
  private isSettling = false;
  private isOver = false;
  private timer: Timer | undefined;
  private wakesAtMs = Number.POSITIVE_INFINITY;

  constructor(machine: GroupMachine, options: GroupPartitionOptions) {
    this.machine = machine;
    this.options = options;
  }

  loaded(): void {
    this.isLoaded = true;
    this.machine.loaded(this.now());
    if (this.deletedTopics.length > 0) this.machine.topicsDeleted(this.deletedTopics, this.now());
    this.deletedTopics = [];
    this.settle();
  }

  /** Answers what gives the call up: nobody waits for its answer then. */
  call(call: GroupCall, answer: (answer: GroupAnswer) => void): () => void {
    const waiter = this.nextWaiter;
    this.nextWaiter += 1;
    this.waiters.set(waiter, answer);
    this.machine.call(call, waiter, this.now());
    this.settle();
    return () => this.waiters.delete(waiter);
  }

  topicsDeleted(topics: readonly string[]): void {
    if (!this.isLoaded) {
      this.deletedTopics.push(...topics);
      return;
    }
    this.machine.topicsDeleted(topics, this.now());
    this.settle();
  }

  /** Everybody who waits is told to look elsewhere. */
  unload(): void {
    if (this.isOver) return;
    if (this.isLoaded) {
      this.machine.unload(this.now());
      this.settle();
    }
    this.isOver = true;
    this.timer?.cancel();
  }

  /** An append of the machine's came to an end; `tag` is its number. */
  appended(tag: number, code: number, baseOffset: number): void {
    if (this.isOver) return;
    this.machine.appended(tag, code, baseOffset, this.now());
    this.settle();
    if (losses.has(code)) this.options.lost(this);
  }

  private now(): Moment {
    const { clock } = this.options;
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
  }

  /** Does what the machine wants done. An append may end at once, and so bring more of that. */
  private settle(): void {
    if (this.isSettling) return;
    this.isSettling = true;
    for (let effects = this.machine.takeEffects(); effects.length > 0; effects = this.machine.takeEffects()) {
      for (const effect of effects) this.carryOut(effect);
    }
    this.isSettling = false;
    this.sleep();
  }

  private carryOut(effect: GroupEffect): void {
    if (effect.kind === 'answer') {
      const answer = this.waiters.get(effect.waiter);
      this.waiters.delete(effect.waiter);
      answer?.({ errorCode: 0, reply: effect.reply });
      return;
    }
    const { row, topicGeneration, replicas, clock, checksum } = this.options;
    const builder = new BatchBuilder({ baseSequence: 0 }, batchMemory.take(batchBytes));
    const nowMs = clock.wallMs();
    for (const record of effect.records) {
      const { key, value } = encodeGroupRecord(record);
      builder.append(nowMs, key, value);
    }
    const batch = builder.build(checksum);
    replicas.append(row, topicGeneration, batch, 0, batch.length, -1, this, effect.id);
  }

  /** Wakes when something is due. Sessions are put off all the time: waking too early costs less than planning anew. */
  private sleep(): void {
    const atMs = this.machine.nextDeadlineMs;
    if (this.isOver || !this.isLoaded || atMs >= this.wakesAtMs) return;
    this.timer?.cancel();
    this.wakesAtMs = atMs;
    const delayMs = Math.min(Math.max(atMs - this.options.clock.monotonicMs(), 0), longestSleepMs);
    this.timer = this.options.clock.schedule(Math.ceil(delayMs), () => {
      this.wakesAtMs = Number.POSITIVE_INFINITY;
      if (this.isOver) return;
      this.machine.advance(this.now());
      this.settle();
    });
  }
}
