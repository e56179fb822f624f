import { assert } from '../../base/assert.ts';
import type { PartitionRow, TopicRow } from '../../base/brands.ts';
import { tableLimits } from '../../base/limits.ts';
import { type BytesDescription, SharedBytes, SharedBytesWriter } from '../../ring/shared-bytes.ts';
import type { TableDescription } from '../../ring/shared-columns.ts';
import { rowWords, runtimeRowWords } from './layout.ts';
import { MetadataNeeds } from './metadata-needs.ts';
import { appendRun, forEachRow } from './partition-rows.ts';
import { PartitionRuntime, PartitionRuntimeRows } from './partition-runtime.ts';
import { PartitionTable } from './partition-table.ts';
import { type PartitionState, PartitionTableWriter } from './partition-writer.ts';
import { createHeads, TopicDirectory } from './topic-directory.ts';
import { TopicDirectoryWriter, type TopicState } from './topic-writer.ts';

/** All shared columns, in a form that postMessage and workerData carry. */
export interface MetadataDescription {
  readonly heads: SharedArrayBuffer;
  readonly topics: TableDescription;
  readonly partitions: TableDescription;
  readonly runtime: TableDescription;
  readonly bytes: BytesDescription;
}

/** A segment that was made, to be handed to every shard and acknowledged before anything in it is named. */
export interface SegmentMessage {
  readonly table: 'topics' | 'partitions' | 'runtime' | 'bytes';
  readonly index: number;
  readonly buffer: SharedArrayBuffer;
}

export interface MetadataSizes {
  readonly rowsPerSegment: number;
  readonly bytesSegmentBytes: number;
  readonly topicBuckets: number;
}

/** What a thread reads; and, by `runtime`, what the owner of a partition writes. */
export class SharedMetadata {
  readonly topics: TopicDirectory;
  readonly partitions: PartitionTable;
  readonly runtime: PartitionRuntime;
  readonly bytes: SharedBytes;

  constructor(description: MetadataDescription) {
    this.bytes = new SharedBytes(description.bytes);
    this.topics = new TopicDirectory(description.topics, description.heads, this.bytes);
    this.partitions = new PartitionTable(description.partitions, description.heads, this.bytes);
    this.runtime = new PartitionRuntime(description.runtime);
  }

  /** Acknowledge it afterwards. A segment that came with the description already is no error. */
  addSegment(message: SegmentMessage): void {
    this[message.table].addSegment(message.index, message.buffer);
  }
}

/**
 * The coordinator's side. To publish an image: add up what it needs, `reserve` it, hand the segments answered to every
 * shard and wait for their acknowledgement; write; send the delta with the image's offset; when all shards have
 * acknowledged that offset, `reclaim` it. Once there are readers, writing what was not reserved is a broken invariant:
 * a reader without a segment would miss what lies behind it in a chain.
 */
export class SharedMetadataWriter {
  readonly topics: TopicDirectoryWriter;
  readonly partitions: PartitionTableWriter;
  readonly bytes: SharedBytesWriter;
  private readonly runtimeRows: PartitionRuntimeRows;
  private readonly heads: SharedArrayBuffer;
  private newSegments: SegmentMessage[] = [];
  private hasReaders = false;
  private reserving = false;

  constructor(sizes: MetadataSizes = tableLimits) {
    const table: TableDescription = { rowWords, rowsPerSegment: sizes.rowsPerSegment, segments: [] };
    const note = (name: SegmentMessage['table']) => (index: number, buffer: SharedArrayBuffer) => {
      assert(!this.hasReaders || this.reserving, 'shared metadata: written without having been reserved');
      this.newSegments.push({ table: name, index, buffer });
    };
    this.heads = createHeads(sizes.topicBuckets);
    this.bytes = new SharedBytesWriter(sizes.bytesSegmentBytes, note('bytes'));
    this.topics = new TopicDirectoryWriter(table, this.heads, this.bytes, note('topics'));
    this.partitions = new PartitionTableWriter(table, this.heads, this.bytes, note('partitions'));
    this.runtimeRows = new PartitionRuntimeRows({ ...table, rowWords: runtimeRowWords }, note('runtime'));
    this.reserve(new MetadataNeeds());
  }

  /** For threads that start now: they have every segment made so far. */
  describe(): MetadataDescription {
    this.hasReaders = true;
    return {
      heads: this.heads,
      topics: this.topics.describe(),
      partitions: this.partitions.describe(),
      runtime: this.runtimeRows.describe(),
      bytes: this.bytes.describe(),
    };
  }

  /**
   * Makes memory for what an image needs. What is answered must have been acknowledged by every shard before the image
   * is written.
   */
  reserve(needs: MetadataNeeds): readonly SegmentMessage[] {
    this.reserving = true;
    this.topics.reserve(needs.topics);
    this.runtimeRows.reserve(this.partitions.reserve(needs.partitions));
    this.bytes.reserve(needs.entries);
    this.reserving = false;
    const segments = this.newSegments;
    this.newSegments = [];
    return segments;
  }

  /** Partition rows first, the topic row last. */
  createTopic(topic: TopicState, partitions: readonly PartitionState[]): TopicRow {
    const topicRow = this.topics.nextRow();
    const runs = this.createPartitions(topicRow, this.topics.nextGeneration(topicRow), 0, partitions);
    return this.topics.create(topic, runs, partitions.length);
  }

  /** CreatePartitions. */
  addPartitions(topicRow: TopicRow, added: readonly PartitionState[], offset: number): void {
    const first = this.topics.partitionCountOf(topicRow);
    const runs = [...this.topics.runsOf(topicRow)];
    const more = this.createPartitions(topicRow, this.topics.generationOf(topicRow), first, added);
    for (let i = 0; i < more.length; i += 2) appendRun(runs, more[i], more[i + 1]);
    this.topics.setPartitions(topicRow, runs, first + added.length, offset);
  }

  updatePartition(row: PartitionRow, state: PartitionState, offset: number): void {
    this.partitions.update(row, state, offset);
  }

  setConfig(topicRow: TopicRow, config: Uint8Array, offset: number): void {
    this.topics.setConfig(topicRow, config, offset);
  }

  /** DeleteTopics, by the image at `offset`. Rows stay readable until `reclaim(offset)`. */
  removeTopic(topicRow: TopicRow, offset: number): void {
    const runs = this.topics.runsOf(topicRow);
    const count = this.topics.partitionCountOf(topicRow);
    this.topics.remove(topicRow, offset);
    this.partitions.remove(runs, count, offset);
  }

  /** Every shard has acknowledged the image at `acknowledged`: what it dropped may be used again. */
  reclaim(acknowledged: number): void {
    this.topics.reclaim(acknowledged);
    this.partitions.reclaim(acknowledged);
    this.bytes.reclaim(acknowledged);
  }

  private createPartitions(
    topicRow: TopicRow,
    generation: number,
    first: number,
    states: readonly PartitionState[],
  ): readonly number[] {
    this.runtimeRows.reserve(this.partitions.reserve(states.length));
    const runs = this.partitions.allocate(first, states.length);
    forEachRow(runs, first + states.length, (partition, row) => {
      this.runtimeRows.clear(row);
      this.partitions.create(row, topicRow, generation, partition, states[partition - first]);
    });
    return runs;
  }
}
