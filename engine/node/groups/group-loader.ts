import type { Clock } from '../../base/clock.ts';
import { type Compression, type CompressionCodec, CompressionError, compressionCodec } from '../../base/codec.ts';
import { batchLimits, groupLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import { decodeGroupRecord } from '../../groups/group-records.ts';
import type { GroupMachine } from '../../groups/machine.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import { batchHeaderBytes } from '../../protocol/batch-layout.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import {
  batchCodec,
  batchIsControl,
  batchIsTransactional,
  batchProducerId,
  batchSizeBytes,
} from '../../protocol/records/batch-view.ts';
import { controlRecordType, readControlRecordType } from '../../protocol/records/control-records.ts';
import { RecordCursor } from '../../protocol/records/record-cursor.ts';
import { BatchWalk } from '../../protocol/records/split-batches.ts';
import type { Partition } from '../../replica/partition.ts';

export interface GroupLoaderOptions {
  readonly machine: GroupMachine;
  readonly clock: Clock;
  readonly compression: Compression;
  readonly logger: Logger;
  /** offsets.load.buffer.size */
  readonly bufferBytes: number;
}

/** The reading of a partition that cannot go on; the partition's groups are not served. */
class GroupLoadError extends Error {
  override readonly name = 'GroupLoadError';
}

/** While what was written before is on its way to the high watermark. */
const watermarkPollMs = 10;
/** Records between two looks at the clock. */
const recordsPerLook = 64;

/** Reads a partition of groups from its beginning into a machine, in slices that leave the shard to others in between. */
export class GroupLoader {
  private readonly options: GroupLoaderOptions;
  private readonly partition: Partition;
  private readonly done: (error: Error | null) => void;
  private offset = 0;
  /** What the log held, or was about to hold, when the reading began. */
  private endOffset = 0;
  private isStopped = false;
  private readonly cursor = new RecordCursor();

  constructor(partition: Partition, options: GroupLoaderOptions, done: (error: Error | null) => void) {
    this.partition = partition;
    this.options = options;
    this.done = done;
  }

  start(): void {
    this.partition.whenOpen(() => {
      if (!this.mayGoOn()) return;
      const { log } = this.partition;
      this.offset = log.logStartOffset;
      this.endOffset = log.nextOffset;
      this.read(0);
    });
  }

  /** `done` is not called any more. */
  stop(): void {
    this.isStopped = true;
  }

  private mayGoOn(): boolean {
    if (this.isStopped) return false;
    const refused = this.partition.mayRead(-1);
    if (refused === 0) return true;
    this.finish(new GroupLoadError(`the partition cannot be read (code ${refused})`));
    return false;
  }

  private finish(error: Error | null): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.done(error);
  }

  /** Reads at least one batch, of which `needsBytes` are known to be needed. */
  private read(needsBytes: number): void {
    if (!this.mayGoOn()) return;
    const { log } = this.partition;
    if (this.offset >= this.endOffset) {
      this.finish(null);
      return;
    }
    if (this.offset >= log.highWatermark) {
      this.options.clock.schedule(watermarkPollMs, () => this.read(0));
      return;
    }
    const bytes = Math.max(needsBytes, Math.min(this.options.bufferBytes, groupLimits.loadBytes));
    log.locate(this.offset, bytes, log.highWatermark, true, (error, location) => {
      if (error !== null) this.failed(log, error);
      else if (location.status === 'out-of-range') this.finish(new GroupLoadError('the log moved while it was read'));
      // Compaction may have taken what was at the end.
      else if (location.status === 'empty') this.skipTo(log.highWatermark);
      else this.readLocated(location);
    });
  }

  private readLocated(location: Parameters<Partition['log']['readInto']>[0]): void {
    const target = new Uint8Array(location.lengthBytes);
    const { log } = this.partition;
    log.readInto(location, target, (error, result) => {
      if (this.isStopped) return;
      if (error !== null) this.failed(log, error);
      else if (result.lengthBytes > 0) {
        this.run(this.replay(target.subarray(0, result.lengthBytes)), result.nextOffset);
      } else if (result.requiredBytes > location.lengthBytes) {
        this.readLocated({ ...location, lengthBytes: result.requiredBytes, endOffset: -1 });
      } else this.skipTo(this.partition.log.highWatermark);
    });
  }

  private skipTo(offset: number): void {
    this.offset = offset;
    this.read(0);
  }

  private failed(log: PartitionLog, error: Error): void {
    if (this.partition.hasLeft(log, error)) {
      this.read(0);
      return;
    }
    this.partition.readFailed(error);
    this.finish(error);
  }

  /** Replays until the slice is used up, and goes on after others had their turn. */
  private run(replaying: Generator<void>, nextOffset: number): void {
    if (this.isStopped) return;
    const { clock } = this.options;
    const endMs = clock.monotonicMs() + groupLimits.loadSliceMs;
    do {
      if (replaying.next().done === true) {
        this.offset = nextOffset;
        clock.schedule(0, () => this.read(0));
        return;
      }
    } while (clock.monotonicMs() < endMs);
    clock.schedule(0, () => this.run(replaying, nextOffset));
  }

  /** Yields wherever it may be interrupted. */
  private *replay(bytes: Uint8Array): Generator<void> {
    const walk = new BatchWalk(bytes);
    while (walk.next()) {
      if (batchIsControl(bytes, walk.at)) this.replayMarker(bytes, walk.at);
      else yield* this.replayRecords(bytes, walk.at);
      yield;
    }
  }

  private replayMarker(bytes: Uint8Array, at: number): void {
    const { cursor } = this;
    cursor.openBatch(bytes, at);
    while (cursor.next()) {
      const type = readControlRecordType(cursor.bytes, cursor.keyAt, cursor.keyLength);
      const isEnd = type === controlRecordType.commit || type === controlRecordType.abort;
      if (isEnd) this.options.machine.endTransaction(batchProducerId(bytes, at), type === controlRecordType.commit);
    }
  }

  private *replayRecords(bytes: Uint8Array, at: number): Generator<void> {
    const { cursor } = this;
    const { machine } = this.options;
    if (!this.open(bytes, at)) return;
    const producerId = batchIsTransactional(bytes, at) ? batchProducerId(bytes, at) : null;
    while (cursor.next()) {
      const key = cursor.copyKey();
      const record = key === null ? null : this.decode(key, cursor.copyValue(), cursor.offset);
      if (record !== null) machine.replay(record, cursor.offset, producerId);
      if (cursor.index % recordsPerLook === 0) yield;
    }
    if (cursor.fault !== null) this.warn(cursor.fault, cursor.offset);
  }

  private open(bytes: Uint8Array, at: number): boolean {
    const codec = batchCodec(bytes, at) as CompressionCodec;
    if (codec === compressionCodec.none) {
      this.cursor.openBatch(bytes, at);
      return true;
    }
    const deflated = bytes.subarray(at + batchHeaderBytes, at + batchSizeBytes(bytes, at));
    try {
      const records = this.options.compression.decompress(codec, deflated, batchLimits.inflatedBytes);
      this.cursor.openInflated(bytes, at, records);
      return true;
    } catch (error) {
      if (!(error instanceof CompressionError)) throw error;
      this.warn(error.message, this.offset);
      return false;
    }
  }

  /** Null: a record of another kind, or one that makes no sense: anybody may write to the topic who may be an administrator. */
  private decode(key: Uint8Array, value: Uint8Array | null, offset: number) {
    try {
      return decodeGroupRecord(key, value);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.warn(error.message, offset);
      return null;
    }
  }

  private warn(problem: string, offset: number): void {
    const fields = { partition: this.partition.name, offset, problem };
    this.options.logger.warn(fields, 'a record of groups makes no sense and is passed over');
  }
}
