import type { NodeId, PartitionRow, ThreadIndex, TopicRow } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Random } from '../base/random.ts';
import type { PartitionRuntime } from '../metadata/columns/partition-runtime.ts';
import type { PartitionTable } from '../metadata/columns/partition-table.ts';
import type { TopicDirectory } from '../metadata/columns/topic-directory.ts';
import type { EffectiveBrokerConfig } from '../metadata/config/resolve.ts';
import type { ClusterView } from '../metadata/delta.ts';
import type { FetchSessionCache } from './fetch-sessions.ts';
import type { GroupAnswer, GroupQuestion } from './group-questions.ts';
import type { PartitionQuestion } from './partition-questions.ts';
import type { FetchPort, ProducePort } from './ports.ts';
import type { ProducerIds } from './producer-ids.ts';
import type { Request } from './request.ts';

/** What handlers of a shard have around them. */
export interface BrokerServices {
  readonly nodeId: NodeId;
  readonly shard: number;
  readonly shards: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly topics: TopicDirectory;
  readonly partitions: PartitionTable;
  readonly runtime: PartitionRuntime;
  readonly produce: ProducePort;
  readonly fetch: FetchPort;
  readonly fetchSessions: FetchSessionCache;
  cluster(): ClusterView;
  config(): EffectiveBrokerConfig;
  /** A topic's own configuration, without what it inherits. */
  topicOverrides(row: TopicRow): ReadonlyMap<string, string>;
  /**
   * Takes a request to the controller, with `body` in place of its own where that is given; `answered` gets the body of
   * the response in the request's version.
   */
  forward(request: Request, answered: (body: Uint8Array | null) => void, body?: Uint8Array): void;
  /** Creates topics with the broker's defaults on a client's behalf; answers the error code of each that failed. */
  createTopics(
    names: readonly string[],
    request: Request,
    created: (errors: ReadonlyMap<string, number>) => void,
  ): void;
  /** Asks the owner of a partition something rare; undefined: it died before it could answer. */
  askPartition(owner: ThreadIndex, question: PartitionQuestion, answered: (answer: unknown) => void): void;
  /** Creates a topic that the broker itself needs; answers the error code of that, 0 also where it is there already. */
  createInternalTopic(topic: InternalTopic, request: Request, created: (errorCode: number) => void): void;
  /**
   * Calls the groups of a partition; undefined: their thread died before it could answer. The call can be given up, and
   * then there is no answer.
   */
  askGroups(
    owner: ThreadIndex,
    question: GroupQuestion,
    answered: (answer: GroupAnswer | undefined) => void,
  ): { cancel(): void };
  /** The node's log directories, in the order of `log.dirs`. */
  logDirectories(answered: (directories: readonly LogDirectoryView[]) => void): void;
  /** Whether the replica that this node has of a partition lies in a log directory that is offline. */
  isOffline(row: PartitionRow): boolean;
  /** Configs of all groups (type 32) or client metrics subscriptions (16) that have any, by name. */
  resourceConfigs(type: number): ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Ids for idempotent producers. */
  readonly producerIds: ProducerIds;
  /** A request failed for a reason of ours. */
  fail(request: Request, error: unknown): void;
  readonly metrics: ServedCounters;
}

/** What handlers count. `generation` is that of the topic's row. */
export interface ServedCounters {
  add(name: 'copiedFetchBytes' | 'replicatedBytes', amount: number): void;
  /** A partition's part of a Produce, or of a Fetch. */
  countProduce(topicRow: TopicRow, generation: number, hasFailed: boolean): void;
  countFetch(topicRow: TopicRow, generation: number, bytes: number, hasFailed: boolean): void;
  /** An error code in an answer, 0 too. */
  countError(apiKey: number, code: number): void;
  countErrorsIn(apiKey: number, response: object): void;
}

export interface LogDirectoryView {
  /** Absolute. */
  readonly path: string;
  readonly isOnline: boolean;
  /** Of the volume; -1 where it could not be asked. */
  readonly totalBytes: number;
  readonly usableBytes: number;
}

/** A topic that the broker makes for itself. */
export interface InternalTopic {
  readonly name: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly configs: readonly { readonly name: string; readonly value: string }[];
}
