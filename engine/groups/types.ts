import type { Logger } from '../base/logger.ts';
import type { GroupApi, GroupReplies } from '../protocol/group-calls.ts';
import type { ClassicGroup, MemberUsage } from './classic-group.ts';
import type { Deadlines } from './deadlines.ts';
import type { GroupRecord } from './group-records.ts';
import type { OffsetStore } from './offset-store.ts';

/** Who waits for an answer: a number of the machine's host, which may have forgotten it by the time of the answer. */
export type Waiter = number;

/** When an event happens: time-outs are measured on the first, records bear the second. */
export interface Moment {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

/** The broker's keys that a machine obeys. */
export interface GroupConfig {
  /** group.min.session.timeout.ms */
  readonly minSessionTimeoutMs: number;
  /** group.max.session.timeout.ms */
  readonly maxSessionTimeoutMs: number;
  /** group.initial.rebalance.delay.ms */
  readonly initialRebalanceDelayMs: number;
  /** group.max.size */
  readonly maxSize: number;
  /** offset.metadata.max.bytes, in UTF-16 units as Kafka counts. */
  readonly offsetMetadataMaxLength: number;
  /** offsets.retention.minutes, in milliseconds. */
  readonly offsetsRetentionMs: number;
  /** offsets.retention.check.interval.ms */
  readonly retentionCheckIntervalMs: number;
}

/** What a machine wants done, in order. */
export type GroupEffect =
  | { readonly kind: 'answer'; readonly waiter: Waiter; readonly reply: GroupReplies[GroupApi] }
  /** Records to be appended as one batch; `appended` tells the machine what came of it. */
  | { readonly kind: 'append'; readonly id: number; readonly records: readonly GroupRecord[] };

/** What becomes of an append: called once, after its records were replayed where it succeeded. */
export interface AppendOutcome {
  committed(): void;
  /** A code of the append. */
  failed(errorCode: number): void;
}

/** What the parts of a machine work on. */
export interface GroupContext {
  readonly groups: Map<string, ClassicGroup>;
  readonly offsets: OffsetStore;
  readonly usage: MemberUsage;
  readonly deadlines: Deadlines;
  readonly logger: Logger;
  readonly config: () => GroupConfig;
  readonly newUuid: () => string;
  /** When the event happens that is being handled. */
  readonly now: Moment;
  /** The partition is read to its end: what is known of its groups is more than their records. */
  readonly isServing: boolean;
  answer<A extends GroupApi>(waiter: Waiter, api: A, reply: GroupReplies[A]): void;
  append(records: readonly GroupRecord[], outcome: AppendOutcome): void;
  /** Runs when of everything that was appended before it is known what came of it, which may be now. */
  whenDecided(run: () => void): void;
}
