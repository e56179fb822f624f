import { assert } from '../base/assert.ts';
import type { PartitionRow, ThreadIndex, TopicRow } from '../base/brands.ts';
import { limits } from '../base/limits.ts';
import { shardOf } from '../metadata/columns/placement.ts';
import { errorCode } from '../protocol/errors.ts';
import type { PartitionQuestion } from './partition-questions.ts';
import type { Request } from './request.ts';
import type { BrokerServices } from './services.ts';

/** Where a partition that this node leads is, and the generation of its topic's row that was looked at. */
export interface PartitionPlace {
  readonly owner: ThreadIndex;
  readonly row: PartitionRow;
  readonly topicGeneration: number;
}

/** The place of a partition, or the error code that a request for it gets. `topicRow` is -1 for an unknown topic. */
export function placeOf(services: BrokerServices, topicRow: TopicRow, partition: number): PartitionPlace | number {
  const { topics, partitions } = services;
  const row = topicRow < 0 ? -1 : topics.partitionRow(topicRow, partition);
  if (row < 0) return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  if (partitions.leader(row) !== services.nodeId) return whyNotLed(services, row);
  const owner = shardOf(topics.nameHashOf(topicRow), partition, services.shards);
  return { owner, row, topicGeneration: topics.generationOf(topicRow) };
}

/**
 * What a request gets for a partition that this node does not lead: also once the controller knows that a replica is
 * offline and has moved the leadership, it is the disk that is told of.
 */
export function whyNotLed(services: BrokerServices, row: PartitionRow): number {
  return services.isOffline(row) ? errorCode.KAFKA_STORAGE_ERROR : errorCode.NOT_LEADER_OR_FOLLOWER;
}

/** An item of a question, the shard it goes to, and what becomes of its answer. */
export interface OwnerItem<Item, Answer> {
  readonly owner: ThreadIndex;
  readonly item: Item;
  /** Undefined: the shard died before it could answer. */
  answered(answer: Answer | undefined): void;
}

export interface OwnerQuestion<Item, Answer> {
  readonly items: readonly OwnerItem<Item, Answer>[];
  ask(items: readonly Item[]): PartitionQuestion;
  /** All items have their answer. */
  done(): void;
  /** Items that go in one message; a question with more takes several, one after the other. */
  readonly itemsPerMessage?: number;
}

/** Asks each owner for its items, all owners at once. What `answered` or `done` throws fails `request` alone. */
export function askOwners<Item, Answer>(
  services: BrokerServices,
  request: Request,
  question: OwnerQuestion<Item, Answer>,
): void {
  const byOwner = new Map<ThreadIndex, OwnerItem<Item, Answer>[]>();
  for (const item of question.items) {
    const known = byOwner.get(item.owner);
    if (known === undefined) byOwner.set(item.owner, [item]);
    else known.push(item);
  }
  let ownersLeft = byOwner.size + 1;
  const oneDone = (): void => {
    ownersLeft -= 1;
    if (ownersLeft === 0) guarded(services, request, () => question.done());
  };
  for (const [owner, items] of byOwner) askOwner(services, request, question, owner, items, oneDone);
  oneDone();
}

function askOwner<Item, Answer>(
  services: BrokerServices,
  request: Request,
  question: OwnerQuestion<Item, Answer>,
  owner: ThreadIndex,
  items: readonly OwnerItem<Item, Answer>[],
  done: () => void,
): void {
  const step = question.itemsPerMessage ?? limits.itemsPerQuestion;
  const askFrom = (from: number): void => {
    if (from >= items.length) {
      done();
      return;
    }
    const some = items.slice(from, from + step);
    const message = question.ask(some.map(({ item }) => item));
    services.askPartition(owner, message, (given) => {
      const answers = given as readonly Answer[] | undefined;
      guarded(services, request, () => {
        assert(answers === undefined || answers.length === some.length, 'a shard answered another number of items');
        some.forEach((item, index) => {
          item.answered(answers?.[index]);
        });
      });
      askFrom(from + some.length);
    });
  };
  askFrom(0);
}

function guarded(services: BrokerServices, request: Request, run: () => void): void {
  try {
    run();
  } catch (error) {
    services.fail(request, error);
  }
}
