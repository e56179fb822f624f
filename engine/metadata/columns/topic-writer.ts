import { assert } from '../../base/assert.ts';
import type { TopicId, TopicRow } from '../../base/brands.ts';
import { tableLimits } from '../../base/limits.ts';
import { DeferredReuse } from '../../ring/deferred-reuse.ts';
import { noBytes, type SharedBytesWriter } from '../../ring/shared-bytes.ts';
import type { TableDescription } from '../../ring/shared-columns.ts';
import { headWord, topicColumn, topicFlag } from './layout.ts';
import type { PartitionRuns } from './partition-rows.ts';
import { topicNameHashOfString } from './placement.ts';
import { TopicDirectory } from './topic-directory.ts';
import { bytesOfUuid, idHash, wordOf } from './uuid-words.ts';

export interface TopicState {
  readonly id: TopicId;
  readonly name: string;
  readonly isInternal: boolean;
  /** The topic's overrides, encoded by whoever publishes them; empty = none. */
  readonly config: Uint8Array;
}

/** The one writer of topic rows: the coordinator. Offsets are those of the image that makes a change. */
export class TopicDirectoryWriter extends TopicDirectory {
  private readonly store: SharedBytesWriter;
  private readonly onSegment: (index: number, buffer: SharedArrayBuffer) => void;
  private readonly freeRows: TopicRow[] = [];
  private readonly deferred = new DeferredReuse();
  private rows = 0;

  constructor(
    table: TableDescription,
    heads: SharedArrayBuffer,
    bytes: SharedBytesWriter,
    onSegment: (index: number, buffer: SharedArrayBuffer) => void,
  ) {
    super(table, heads, bytes);
    this.store = bytes;
    this.onSegment = onSegment;
    this.reserve(1);
  }

  /** Makes memory for `count` more topics, so that its segments can be handed over before any is named. */
  reserve(count: number): void {
    while (this.rows + count - this.freeRows.length > this.table.capacity) {
      const { index, buffer } = this.table.grow();
      this.onSegment(index, buffer);
    }
  }

  /** The row that the next `create` takes: partition rows name their topic and are written first. */
  nextRow(): TopicRow {
    return this.freeRows.at(-1) ?? this.rows;
  }

  /** Generation that the next tenant of a row has. */
  nextGeneration(row: TopicRow): number {
    return this.table.has(row) ? this.table.readInt32(row, topicColumn.generation) : 0;
  }

  /** Writes and links a topic whose partition rows have been written. */
  create(topic: TopicState, runs: PartitionRuns, partitionCount: number): TopicRow {
    assert(isAscii(topic.name) && topic.name.length <= tableLimits.topicNameBytes, 'topic directory: illegal name');
    assert(this.findByNameString(topic.name) < 0, 'topic directory: the name exists');
    this.reserve(1);
    const row = this.freeRows.pop() ?? this.rows++;
    const hash = topicNameHashOfString(topic.name);
    const id = bytesOfUuid(topic.id);
    const table = this.table;
    table.begin(row);
    for (let i = 0; i < 4; i++) table.setInt32(row, topicColumn.id + i, wordOf(id, 4 * i));
    const idBucket = this.idBucket(idHash(wordOf(id, 0), wordOf(id, 12)));
    const nameBucket = this.nameBucket(hash);
    table.setInt32(row, topicColumn.name, this.store.addAscii(topic.name));
    table.setInt32(row, topicColumn.nameHash, hash);
    table.setInt32(row, topicColumn.partitionRows, this.runsWord(runs));
    table.setInt32(row, topicColumn.partitionCount, partitionCount);
    table.setInt32(row, topicColumn.config, this.configRef(topic.config));
    table.setInt32(row, topicColumn.flags, topicFlag.live | (topic.isInternal ? topicFlag.internal : 0));
    table.setInt32(row, topicColumn.nextByName, Atomics.load(this.heads, nameBucket));
    table.setInt32(row, topicColumn.nextById, Atomics.load(this.heads, idBucket));
    table.end(row);
    Atomics.store(this.heads, nameBucket, row + 1);
    Atomics.store(this.heads, idBucket, row + 1);
    Atomics.store(this.heads, headWord.topicRows, this.rows);
    return row;
  }

  /** All partitions of the topic, old ones first; their rows have been written. */
  setPartitions(row: TopicRow, runs: PartitionRuns, partitionCount: number, offset: number): void {
    assert(partitionCount >= this.partitionCountOf(row), 'topic directory: partitions are never taken away');
    const before = this.table.readInt32(row, topicColumn.partitionRows);
    this.table.begin(row);
    this.table.setInt32(row, topicColumn.partitionRows, this.runsWord(runs));
    this.table.setInt32(row, topicColumn.partitionCount, partitionCount);
    this.table.end(row);
    if (before < 0) this.store.drop(~before, offset);
  }

  setConfig(row: TopicRow, config: Uint8Array, offset: number): void {
    const before = this.table.readInt32(row, topicColumn.config);
    this.table.begin(row);
    this.table.setInt32(row, topicColumn.config, this.configRef(config));
    this.table.end(row);
    this.store.drop(before, offset);
  }

  /** Unlinks the topic. Its row, name and config stay readable until `reclaim`. */
  remove(row: TopicRow, offset: number): void {
    assert(this.isLive(row), 'topic directory: no such topic');
    const table = this.table;
    const idWord = (i: number) => table.readInt32(row, topicColumn.id + i);
    this.unlink(row, this.nameBucket(this.nameHashOf(row)), topicColumn.nextByName);
    this.unlink(row, this.idBucket(idHash(idWord(0), idWord(3))), topicColumn.nextById);
    table.begin(row);
    table.setInt32(row, topicColumn.flags, 0);
    table.setInt32(row, topicColumn.generation, (this.generationOf(row) + 1) & 0x7fffffff);
    table.end(row);
    this.store.drop(table.readInt32(row, topicColumn.name), offset);
    this.store.drop(table.readInt32(row, topicColumn.config), offset);
    const runs = table.readInt32(row, topicColumn.partitionRows);
    if (runs < 0) this.store.drop(~runs, offset);
    this.deferred.add(row, offset);
  }

  /** Every reader has acknowledged the image at `acknowledged`. */
  reclaim(acknowledged: number): void {
    this.deferred.reclaim(acknowledged, (row) => this.freeRows.push(row));
  }

  /** The runs of the topic's partition rows. */
  runsOf(row: TopicRow): PartitionRuns {
    const word = this.table.readInt32(row, topicColumn.partitionRows);
    if (word >= 0) return this.partitionCountOf(row) === 0 ? [] : [0, word];
    return Array.from({ length: this.bytes.int32Count(~word) }, (_, i) => this.bytes.int32At(~word, i));
  }

  private unlink(row: TopicRow, bucket: number, nextColumn: number): void {
    const next = this.table.readInt32(row, nextColumn);
    let at = Atomics.load(this.heads, bucket) - 1;
    if (at === row) {
      Atomics.store(this.heads, bucket, next);
      return;
    }
    while (at >= 0) {
      const after = this.table.readInt32(at, nextColumn) - 1;
      if (after === row) {
        // Chain words belong to no row's state, so its sequence stays.
        this.table.setInt32(at, nextColumn, next);
        return;
      }
      at = after;
    }
    assert(false, 'topic directory: a live row is in no chain');
  }

  private configRef(config: Uint8Array): number {
    return config.length === 0 ? noBytes : this.store.add(config);
  }

  private runsWord(runs: PartitionRuns): number {
    if (runs.length === 0) return 0;
    return runs.length === 2 ? runs[1] : ~this.store.addInt32s(runs);
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false;
  return text.length > 0;
}
