import { entryBytes } from '../../ring/shared-bytes.ts';
import type { PartitionState } from './partition-writer.ts';
import type { TopicState } from './topic-writer.ts';

const bytesPerRun = 8;
const bytesPerNode = 4;
const bytesPerDirectory = 16;

/**
 * What an image adds to the shared columns, at most: rows exactly, bytes as if no list were shared with another row.
 * Added up before the image is written, because its segments must be in every shard's hands by then.
 */
export class MetadataNeeds {
  topics = 0;
  partitions = 0;
  /** Lengths of byte strings as they lie in shared bytes. */
  readonly entries: number[] = [];

  addTopic(topic: TopicState, partitions: readonly PartitionState[]): void {
    this.topics++;
    this.entries.push(entryBytes(topic.name.length));
    this.addConfig(topic.config);
    this.addPartitions(partitions.length, partitions);
  }

  /** CreatePartitions: `total` counts the partitions that the topic then has. */
  addPartitions(total: number, added: readonly PartitionState[]): void {
    this.partitions += added.length;
    this.entries.push(entryBytes(total * bytesPerRun));
    for (const state of added) this.addUpdate(state);
  }

  addUpdate(state: PartitionState): void {
    this.addList(state.replicas.length * bytesPerNode);
    this.addList(state.isr.length * bytesPerNode);
    this.addList(state.elr.length * bytesPerNode);
    this.addList(state.lastKnownElr.length * bytesPerNode);
    this.addList(state.removingReplicas.length * bytesPerNode);
    this.addList(state.addingReplicas.length * bytesPerNode);
    this.addList(state.directories.length * bytesPerDirectory);
  }

  addConfig(config: Uint8Array): void {
    this.addList(config.length);
  }

  private addList(bytes: number): void {
    if (bytes > 0) this.entries.push(entryBytes(bytes));
  }
}
