import type { PartitionRow } from '../base/brands.ts';
import type { DirectoryEntry } from '../base/disk.ts';
import type { Logger } from '../base/logger.ts';
import {
  futureDirectoryName,
  type ParsedDirectoryName,
  parseDirectoryName,
  partitionDirectoryName,
  strayDirectoryName,
} from '../log/file-names.ts';
import { unknownSize } from '../metadata/columns/partition-runtime.ts';
import type { SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import { promised } from '../node/promised.ts';
import { metadataTopicName } from '../node/quorum/partition-raft-log.ts';
import { lostDirectory } from '../replica/log-directory.ts';
import type { CheckpointedOffsets, LogCheckpoints } from './log-checkpoints.ts';
import { failDirectory, type NodeDirectory } from './log-directories.ts';

export interface LogFinderOptions {
  readonly directories: readonly NodeDirectory[];
  readonly metadata: SharedMetadata;
  readonly checkpoints: LogCheckpoints;
  readonly logger: Logger;
  readonly randomHex: () => string;
  /** Index of the directory that the controller knows a partition's replica of this node to lie in; -1: none of them. */
  readonly assigned?: (row: PartitionRow) => number;
}

/** A log's directory that was found. */
interface FoundLog {
  readonly index: number;
  readonly directory: NodeDirectory;
  readonly name: string;
  readonly parsed: ParsedDirectoryName;
  readonly offsets: CheckpointedOffsets;
}

/**
 * Finds, at start, where each partition's log lies, and which are on their way to another directory, and tells it to the
 * shards through the shared runtime columns.
 */
export class LogFinder {
  private readonly options: LogFinderOptions;
  /** Directories of deleted partitions, to be removed. */
  private readonly doomed: { readonly directory: NodeDirectory; readonly name: string }[] = [];
  private readonly futures: FoundLog[] = [];
  /** A checkpoint file has a line of a log that is not there. */
  private hasStaleLines = false;

  constructor(options: LogFinderOptions) {
    this.options = options;
  }

  /**
   * Reads directory names and checkpoint files, not one directory a partition. Logs of topics that are gone are renamed
   * to `-stray`. A directory that can't be read is offline, and what may lie in it is not looked for elsewhere.
   */
  async find(): Promise<void> {
    const { directories, checkpoints } = this.options;
    for (const [index, directory] of directories.entries()) {
      await relying(directory, () => this.findIn(index, directory));
    }
    for (const future of this.futures) await relying(future.directory, () => this.settleFuture(future));
    if (directories.some(({ disk }) => !disk.isOnline())) this.giveUpMissing();
    // A topic that is made under such a name must not inherit from it.
    if (this.hasStaleLines) await checkpoints.write();
  }

  /** Removes, one after the other and in the background, what waited for its deletion when the last process ended. */
  async removeDeleted(): Promise<void> {
    for (const { directory, name } of this.doomed) {
      try {
        await promised<void>((done) => directory.disk.removeDirectory(name, done));
      } catch (error) {
        const fields = { err: error, directory: directory.path, log: name };
        this.options.logger.error(fields, 'a deleted log could not be removed');
      }
    }
  }

  private async findIn(index: number, directory: NodeDirectory): Promise<void> {
    const entries = await promised<readonly DirectoryEntry[]>((done) => directory.disk.list('.', done));
    const offsets = await this.options.checkpoints.read(directory);
    const logs = new Set<string>();
    for (const { name, isDirectory } of entries) {
      const parsed = parseDirectoryName(name);
      if (!isDirectory || parsed.topic === metadataTopicName) continue;
      const log = { index, directory, name, parsed, offsets };
      if (parsed.kind === 'deleted') this.doomed.push({ directory, name });
      else if (parsed.kind === 'future') {
        this.futures.push(log);
        logs.add(plainName(log));
      } else if (parsed.kind === 'partition' && (await this.found(log))) logs.add(name);
    }
    for (const lines of Object.values(offsets)) {
      for (const name of lines.keys()) this.hasStaleLines ||= !logs.has(name);
    }
  }

  private rowOf({ parsed }: FoundLog): PartitionRow {
    const { topics } = this.options.metadata;
    const topicRow = topics.findByNameString(parsed.topic);
    return topicRow < 0 ? -1 : topics.partitionRow(topicRow, parsed.partition);
  }

  private isAssigned(row: PartitionRow, index: number): boolean {
    return this.options.assigned?.(row) === index;
  }

  /** Whether the log is one that is in use. */
  private async found(log: FoundLog): Promise<boolean> {
    const { runtime } = this.options.metadata;
    const row = this.rowOf(log);
    if (row < 0) {
      await this.setAside(log, 'a log belongs to no known topic; it is set aside');
      return false;
    }
    const other = this.options.directories[runtime.logDirectory(row)];
    if (other !== undefined) {
      // The process ended while one took the other's place: then the controller knows of the new one.
      const isTheOne = this.isAssigned(row, log.index);
      const spare = isTheOne ? { ...log, directory: other } : log;
      await this.setAside(spare, 'another log directory has a log of this partition; this one is set aside');
      if (!isTheOne) return false;
      Atomics.sub(new Int32Array(other.logsWord), 0, 1);
    }
    this.take(row, log);
    return true;
  }

  private take(row: PartitionRow, log: FoundLog): void {
    const { runtime } = this.options.metadata;
    const { index, directory, offsets } = log;
    const name = plainName(log);
    const recoveryPoint = offsets.recoveryPoint.get(name) ?? 0;
    Atomics.add(new Int32Array(directory.logsWord), 0, 1);
    runtime.open(row, {
      logDirectory: index,
      logStartOffset: offsets.logStartOffset.get(name) ?? 0,
      logEndOffset: offsets.highWatermark.get(name) ?? 0,
      highWatermark: offsets.highWatermark.get(name) ?? 0,
      recoveryPoint,
      sizeBytes: unknownSize,
    });
    // What is beyond may be cut away, and be written anew by others: that would pass for clean.
    runtime.setCleanedOffset(row, Math.min(offsets.cleanedOffset.get(name) ?? 0, recoveryPoint));
  }

  /**
   * A copy goes on to be made of the log that it is a copy of. Where that is not there, the copy takes its place if the
   * controller was told so, for it had caught up by then; else nobody knows what it lacks.
   */
  private async settleFuture(future: FoundLog): Promise<void> {
    const { metadata, directories, logger } = this.options;
    const { index, directory, name, parsed, offsets } = future;
    const row = this.rowOf(future);
    const current = row < 0 ? -1 : metadata.runtime.logDirectory(row);
    const isPossible = row >= 0 && current !== index && metadata.runtime.futureDirectory(row) < 0;
    const isLost = directories.some(({ disk }) => !disk.isOnline());
    if (isPossible && current < 0 && this.isAssigned(row, index)) {
      await promised<void>((done) => directory.disk.rename(name, plainName(future), done));
      logger.info({ directory: directory.path, log: plainName(future) }, 'a log that was moved takes its place');
      // It may have been cut when the process ended: all of it is verified.
      this.take(row, { ...future, offsets: { ...offsets, recoveryPoint: new Map() } });
    } else if (isPossible && (current >= 0 || isLost)) {
      const topicId = metadata.topics.idOf(metadata.partitions.topicRow(row));
      const known = futureDirectoryName(parsed.topic, parsed.partition, topicId);
      if (name !== known) await promised<void>((done) => directory.disk.rename(name, known, done));
      metadata.runtime.setFuture(row, {
        directory: index,
        isPromoting: false,
        endOffset: offsets.highWatermark.get(plainName(future)) ?? 0,
        sizeBytes: unknownSize,
        recoveryPoint: offsets.recoveryPoint.get(plainName(future)) ?? 0,
      });
    } else await this.setAside(future, 'a copy of a log is of no use; it is set aside');
  }

  private giveUpMissing(): void {
    const { partitions, runtime } = this.options.metadata;
    partitions.forEachRow((row) => {
      if (runtime.logDirectory(row) < 0) runtime.setLogDirectory(row, lostDirectory);
    });
  }

  private async setAside({ directory, name, parsed }: FoundLog, message: string): Promise<void> {
    const stray = strayDirectoryName(parsed.topic, parsed.partition, this.options.randomHex());
    this.options.logger.warn({ directory: directory.path, log: name, stray }, message);
    await promised<void>((done) => directory.disk.rename(name, stray, done));
  }
}

function plainName({ parsed }: FoundLog): string {
  return partitionDirectoryName(parsed.topic, parsed.partition);
}

/** What can't be done in a directory takes that offline. */
async function relying(directory: NodeDirectory, task: () => Promise<void>): Promise<void> {
  if (!directory.disk.isOnline()) return;
  try {
    await task();
  } catch (error) {
    failDirectory(directory.disk, error);
  }
}
