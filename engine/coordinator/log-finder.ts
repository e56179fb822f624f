import type { DirectoryEntry } from '../base/disk.ts';
import type { Logger } from '../base/logger.ts';
import { parseDirectoryName, partitionDirectoryName, strayDirectoryName } from '../log/file-names.ts';
import { unknownSize } from '../metadata/columns/partition-runtime.ts';
import type { SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import { metadataTopicName } from '../node/partition-raft-log.ts';
import { promised } from '../node/promised.ts';
import { lostDirectory } from '../replica/log-directory.ts';
import type { CheckpointedOffsets, LogCheckpoints } from './log-checkpoints.ts';
import { failDirectory, type NodeDirectory } from './log-directories.ts';

/** Finds, at start, where each partition's log lies, and tells it to the shards through the shared runtime columns. */
export class LogFinder {
  private readonly directories: readonly NodeDirectory[];
  private readonly metadata: SharedMetadata;
  private readonly checkpoints: LogCheckpoints;
  private readonly logger: Logger;
  private readonly randomHex: () => string;
  /** Directories of deleted partitions, to be removed. */
  private readonly doomed: { readonly directory: NodeDirectory; readonly name: string }[] = [];
  /** A checkpoint file has a line of a log that is not there. */
  private hasStaleLines = false;

  constructor(
    directories: readonly NodeDirectory[],
    metadata: SharedMetadata,
    checkpoints: LogCheckpoints,
    logger: Logger,
    randomHex: () => string,
  ) {
    this.directories = directories;
    this.metadata = metadata;
    this.checkpoints = checkpoints;
    this.logger = logger;
    this.randomHex = randomHex;
  }

  /**
   * Reads directory names and checkpoint files, not one directory a partition. Logs of topics that are gone are renamed
   * to `-stray`. A directory that can't be read is offline, and what may lie in it is not looked for elsewhere.
   */
  async find(): Promise<void> {
    for (const [index, directory] of this.directories.entries()) {
      if (!directory.disk.isOnline()) continue;
      try {
        await this.findIn(index, directory);
      } catch (error) {
        failDirectory(directory.disk, error);
      }
    }
    if (this.directories.some(({ disk }) => !disk.isOnline())) this.giveUpMissing();
    // A topic that is made under such a name must not inherit from it.
    if (this.hasStaleLines) await this.checkpoints.write();
  }

  /** Removes, one after the other and in the background, what waited for its deletion when the last process ended. */
  async removeDeleted(): Promise<void> {
    for (const { directory, name } of this.doomed) {
      try {
        await promised<void>((done) => directory.disk.removeDirectory(name, done));
      } catch (error) {
        this.logger.error({ err: error, directory: directory.path, log: name }, 'a deleted log could not be removed');
      }
    }
  }

  private async findIn(index: number, directory: NodeDirectory): Promise<void> {
    const entries = await promised<readonly DirectoryEntry[]>((done) => directory.disk.list('.', done));
    const offsets = await this.checkpoints.read(directory);
    const logs = new Set<string>();
    for (const { name, isDirectory } of entries) {
      const parsed = parseDirectoryName(name);
      if (!isDirectory || parsed.topic === metadataTopicName) continue;
      if (parsed.kind === 'deleted') this.doomed.push({ directory, name });
      else if (parsed.kind === 'partition' && (await this.found(index, directory, parsed, offsets))) logs.add(name);
    }
    for (const lines of Object.values(offsets)) {
      for (const name of lines.keys()) this.hasStaleLines ||= !logs.has(name);
    }
  }

  /** Whether the log is one that is in use. */
  private async found(
    index: number,
    directory: NodeDirectory,
    { topic, partition }: { readonly topic: string; readonly partition: number },
    offsets: CheckpointedOffsets,
  ): Promise<boolean> {
    const { topics, runtime } = this.metadata;
    const topicRow = topics.findByNameString(topic);
    const row = topicRow < 0 ? -1 : topics.partitionRow(topicRow, partition);
    if (row < 0) {
      await this.setAside(directory, topic, partition, 'a log belongs to no known topic; it is set aside');
      return false;
    }
    if (runtime.logDirectory(row) >= 0) {
      const message = 'another log directory has a log of this partition; this one is set aside';
      await this.setAside(directory, topic, partition, message);
      return false;
    }
    const name = partitionDirectoryName(topic, partition);
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
    return true;
  }

  private giveUpMissing(): void {
    const { partitions, runtime } = this.metadata;
    partitions.forEachRow((row) => {
      if (runtime.logDirectory(row) < 0) runtime.setLogDirectory(row, lostDirectory);
    });
  }

  private async setAside(directory: NodeDirectory, topic: string, partition: number, message: string): Promise<void> {
    const name = partitionDirectoryName(topic, partition);
    const stray = strayDirectoryName(topic, partition, this.randomHex());
    this.logger.warn({ directory: directory.path, log: name, stray }, message);
    await promised<void>((done) => directory.disk.rename(name, stray, done));
  }
}
