import type { PartitionRow, TopicId, TopicRow } from '../base/brands.ts';

/** Which partition it is; all of it stays as long as the object lives. */
export interface PartitionIdentity {
  readonly row: PartitionRow;
  readonly topicRow: TopicRow;
  readonly topicGeneration: number;
  readonly topicId: TopicId;
  readonly topic: string;
  readonly partition: number;
}
