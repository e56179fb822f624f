import type { PartitionRow } from '../base/brands.ts';
import type { Logger } from '../base/logger.ts';
import {
  checkpointFileNames,
  formatOffsetCheckpoint,
  type PartitionOffset,
  parseOffsetCheckpoint,
} from '../log/checkpoints.ts';
import { partitionDirectoryName } from '../log/file-names.ts';
import { unreadable } from '../metadata/columns/partition-runtime.ts';
import type { SegmentMessage, SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import type { ConfigValues } from '../metadata/config/values.ts';
import { promised } from '../node/promised.ts';
import { failDirectory, type NodeDirectory } from './log-directories.ts';

/** Longest checkpoint file that is read: a line of 300 bytes for two million partitions. */
const checkpointMaxBytes = 600 << 20;
/** Tries to read a row that its owner is writing; each write of it takes less than a microsecond. */
const rowTries = 1000;

const names = ['recoveryPoint', 'highWatermark', 'logStartOffset', 'cleanedOffset'] as const;
export type CheckpointName = (typeof names)[number];

/** How often each is written. */
const intervalKeys: Readonly<Record<CheckpointName, string>> = {
  recoveryPoint: 'log.flush.offset.checkpoint.interval.ms',
  highWatermark: 'replica.high.watermark.checkpoint.interval.ms',
  logStartOffset: 'log.flush.start.offset.checkpoint.interval.ms',
  // It has no key of its own, and costs cleaning again what was cleaned since.
  cleanedOffset: 'log.flush.offset.checkpoint.interval.ms',
};

/** A line of each file: the row of a log, or the complement of that of a log of which a copy is made in the directory. */
type Line = number;

export type CheckpointedOffsets = Readonly<Record<CheckpointName, ReadonlyMap<string, number>>>;

/** The directories' checkpoint files, written from the shared runtime columns and only when their content changed. */
export class LogCheckpoints {
  private readonly directories: readonly NodeDirectory[];
  private readonly metadata: SharedMetadata;
  private readonly logger: Logger;
  private readonly written = new Map<string, Uint8Array>();
  private readonly timers: NodeJS.Timeout[] = [];
  private writing = Promise.resolve();

  constructor(directories: readonly NodeDirectory[], metadata: SharedMetadata, logger: Logger) {
    this.directories = directories;
    this.metadata = metadata;
    this.logger = logger;
  }

  /** Rows that were made since the start lie in segments of their own. */
  addSegments(segments: readonly SegmentMessage[]): void {
    for (const segment of segments) this.metadata.addSegment(segment);
  }

  /** Writes each file every so often, until `stop`. */
  schedule(values: ConfigValues): void {
    for (const name of names) {
      let isWriting = false;
      const write = (): void => {
        if (isWriting) return;
        isWriting = true;
        this.write([name]).finally(() => {
          isWriting = false;
        });
      };
      this.timers.push(setInterval(write, values.number(intervalKeys[name])));
    }
  }

  /** Writes all files a last time. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.write();
  }

  /**
   * Writes the files of these names whose content changed, without the lines of some topics. A directory that does not
   * take them is offline.
   */
  write(which: readonly CheckpointName[] = names, without: ReadonlySet<string> = new Set()): Promise<void> {
    this.writing = this.writing.then(() => this.writeAll(which, without));
    return this.writing;
  }

  private async writeAll(which: readonly CheckpointName[], without: ReadonlySet<string>): Promise<void> {
    const rows = this.linesByDirectory(without);
    for (const [index, directory] of this.directories.entries()) {
      if (!directory.disk.isOnline()) continue;
      try {
        for (const name of which) await this.writeOne(directory, name, rows[index]!);
      } catch (error) {
        this.logger.error({ err: error, directory: directory.path }, 'a checkpoint file could not be written');
        failDirectory(directory.disk, error);
      }
    }
  }

  private async writeOne(directory: NodeDirectory, name: CheckpointName, lines: readonly Line[]): Promise<void> {
    const entries: PartitionOffset[] = [];
    const { topics, partitions } = this.metadata;
    for (const line of lines) {
      const row = line < 0 ? ~line : line;
      const offset = line < 0 ? this.futureOffsetOf(name, row) : this.offsetOf(name, row);
      // Zero says nothing that the absence of a line does not say, except of a recovery point or watermark.
      if ((name === 'logStartOffset' || name === 'cleanedOffset') && offset === 0) continue;
      entries.push({ topic: topics.nameOf(partitions.topicRow(row)), partition: partitions.partition(row), offset });
    }
    const bytes = formatOffsetCheckpoint(entries);
    const key = `${directory.path}/${name}`;
    const before = this.written.get(key);
    if (before !== undefined && Buffer.compare(before, bytes) === 0) return;
    await promised<void>((done) => directory.disk.replaceFile(checkpointFileNames[name], bytes, done));
    this.written.set(key, bytes);
  }

  /** A copy is no further than what it is a copy of, and begins nowhere else. It has lines, as in Apache Kafka. */
  private futureOffsetOf(name: CheckpointName, row: PartitionRow): number {
    if (name === 'cleanedOffset') return 0;
    if (name === 'recoveryPoint') return this.offsetOf('futureRecoveryPoint', row);
    const offset = this.offsetOf(name, row);
    return name === 'highWatermark' ? Math.min(offset, this.offsetOf('futureEndOffset', row)) : offset;
  }

  private offsetOf(name: CheckpointName | 'futureRecoveryPoint' | 'futureEndOffset', row: PartitionRow): number {
    for (let attempt = 0; attempt < rowTries; attempt++) {
      const offset = this.metadata.runtime[name](row);
      if (offset !== unreadable) return offset;
    }
    // Its owner died in the middle of writing it, and nobody has opened the log since.
    this.logger.warn({ row, name }, 'an offset can not be read; its checkpoint says 0');
    return 0;
  }

  private linesByDirectory(without: ReadonlySet<string>): Line[][] {
    const lines: Line[][] = this.directories.map(() => []);
    const { topics, partitions, runtime } = this.metadata;
    partitions.forEachRow((row) => {
      const current = runtime.logDirectory(row);
      const future = runtime.futureDirectory(row);
      if (current < 0 && future < 0) return;
      if (without.size > 0 && without.has(topics.nameOf(partitions.topicRow(row)))) return;
      lines[current]?.push(row);
      if (future !== current) lines[future]?.push(~row);
    });
    return lines;
  }

  /** What the files of a directory say, by the names of the logs' directories. Throws DiskError. */
  async read(directory: NodeDirectory): Promise<CheckpointedOffsets> {
    const [recoveryPoint, highWatermark, logStartOffset, cleanedOffset] = await Promise.all(
      names.map((name) => this.readOne(directory, name)),
    );
    return {
      recoveryPoint: recoveryPoint!,
      highWatermark: highWatermark!,
      logStartOffset: logStartOffset!,
      cleanedOffset: cleanedOffset!,
    };
  }

  private async readOne(directory: NodeDirectory, name: CheckpointName): Promise<Map<string, number>> {
    const offsets = new Map<string, number>();
    const file = checkpointFileNames[name];
    if ((await promised<number>((done) => directory.disk.size(file, done))) < 0) return offsets;
    const bytes = await promised<Uint8Array>((done) => directory.disk.readFile(file, checkpointMaxBytes, done));
    const readable = parseOffsetCheckpoint(bytes, (topic, partition, offset) => {
      offsets.set(partitionDirectoryName(topic, partition), offset);
    });
    if (!readable) {
      const fields = { directory: directory.path, file };
      this.logger.warn(fields, 'a checkpoint file is not readable; its logs are recovered, or cleaned, in full');
      offsets.clear();
    }
    return offsets;
  }
}
