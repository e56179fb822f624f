import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { type Disk, DiskError } from '../base/disk.ts';
import type { Logger } from '../base/logger.ts';
import { type DirectoryLock, DirectoryLockError, lockDirectories } from '../io/directory-lock.ts';
import { DescriptorCache } from '../io/disk/descriptor-cache.ts';
import { DirectoryState } from '../io/disk/directory-state.ts';
import { RealDisk } from '../io/disk/real-disk.ts';
import {
  cleanShutdownFileName,
  cleanShutdownMaxBytes,
  formatCleanShutdown,
  parseCleanShutdown,
} from '../log/checkpoints.ts';
import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import { promised } from '../node/promised.ts';

/** One log directory, as the coordinator uses it. Shards have Disks of their own over the same state word. */
export interface NodeDirectory {
  readonly path: string;
  readonly disk: Disk;
  readonly stateWord: SharedArrayBuffer;
  /** One word: how many logs lie in it. */
  readonly logsWord: SharedArrayBuffer;
  /** The last process closed it properly. */
  isClean: boolean;
  /** Broker epoch that the last process noted when it closed, -1 if it did not. */
  previousBrokerEpoch: number;
}

export interface OpenedDirectories {
  /** In the order of `log.dirs`. */
  readonly directories: NodeDirectory[];
  readonly metadata: NodeDirectory;
  readonly locks: readonly DirectoryLock[];
}

const coordinatorDescriptors = 64;

/**
 * Makes, locks and opens the log directories, before any file in them is read. One that can't be had is offline from the
 * start; the node serves what lies in the others. Throws DirectoryLockError when one is in use, or when the metadata
 * directory can't be had.
 */
export async function openDirectories(config: BrokerConfig, clock: Clock, logger: Logger): Promise<OpenedDirectories> {
  const logDirs = config.logDirs.map((path) => resolve(path));
  const metadataDir = resolve(config.metadataLogDir);
  const paths = logDirs.includes(metadataDir) ? logDirs : [...logDirs, metadataDir];
  const unusable = new Map<string, string>();
  for (const path of paths) {
    try {
      mkdirSync(path, { recursive: true });
    } catch (error) {
      unusable.set(path, error instanceof Error ? error.message : String(error));
    }
  }
  const locks = await lock(paths, unusable);
  if (unusable.has(metadataDir)) {
    await Promise.all(locks.map((each) => each.release()));
    throw new DirectoryLockError('unavailable', metadataDir, `cannot be used: ${unusable.get(metadataDir)}`);
  }
  const descriptors = new DescriptorCache(coordinatorDescriptors);
  const all = paths.map((path): NodeDirectory => {
    const stateWord = new SharedArrayBuffer(4);
    const state = new DirectoryState(new Int32Array(stateWord));
    const disk = new RealDisk({ root: path, clock, logger, state, descriptors });
    const reason = unusable.get(path);
    if (reason !== undefined) disk.fail(reason);
    const logsWord = new SharedArrayBuffer(4);
    return { path, disk, stateWord, logsWord, isClean: false, previousBrokerEpoch: -1 };
  });
  const directories = all.filter(({ path }) => logDirs.includes(path));
  const metadata = all.find(({ path }) => path === metadataDir)!;
  return { directories, metadata, locks };
}

/** Locks all that can be locked; a directory in use refuses the start, one that can't be locked goes to `unusable`. */
async function lock(paths: readonly string[], unusable: Map<string, string>): Promise<DirectoryLock[]> {
  for (;;) {
    const usable = paths.filter((path) => !unusable.has(path));
    try {
      return await lockDirectories(usable);
    } catch (error) {
      if (!(error instanceof DirectoryLockError) || error.reason === 'held') throw error;
      unusable.set(error.directory, error.message);
    }
  }
}

/** Reads the clean-shutdown marker. */
export async function readCleanShutdown(directory: NodeDirectory): Promise<void> {
  const { disk } = directory;
  if (!disk.isOnline()) return;
  try {
    const size = await promised<number>((done) => disk.size(cleanShutdownFileName, done));
    if (size < 0) return;
    const bytes = await promised<Uint8Array>((done) =>
      disk.readFile(cleanShutdownFileName, cleanShutdownMaxBytes, done),
    );
    directory.isClean = true;
    directory.previousBrokerEpoch = parseCleanShutdown(bytes);
  } catch (error) {
    failDirectory(disk, error);
  }
}

/**
 * Removes the marker that was read: from now on a death leaves the directory unclean. Only when it is known that the
 * directory is this node's, for a start that is refused is to leave everything as it was.
 */
export async function removeCleanShutdown({ disk, isClean }: NodeDirectory): Promise<void> {
  if (!isClean || !disk.isOnline()) return;
  try {
    await promised<void>((done) => disk.remove(cleanShutdownFileName, done));
    // Were it to come back after a crash, logs that were not closed would pass for closed ones.
    await promised<void>((done) => disk.syncDirectory('.', done));
  } catch (error) {
    failDirectory(disk, error);
  }
}

/** Written when every log in the directory has been flushed and closed. */
export async function markCleanShutdown(directory: NodeDirectory, brokerEpoch: number): Promise<void> {
  const bytes = formatCleanShutdown(brokerEpoch);
  await promised<void>((done) => directory.disk.replaceFile(cleanShutdownFileName, bytes, done)).catch(
    (error: unknown) => failDirectory(directory.disk, error),
  );
}

/** The epoch that all directories agree on, -1 where they do not: some of the data may be older than the rest. */
export function previousBrokerEpoch(directories: readonly NodeDirectory[]): number {
  const [first, ...others] = directories.map((directory) => directory.previousBrokerEpoch);
  return others.every((epoch) => epoch === first) ? (first ?? -1) : -1;
}

/** What a failure of the disk means outside any log: nothing in the directory is relied on. Other errors are thrown. */
export function failDirectory(disk: Disk, error: unknown): void {
  if (!(error instanceof DiskError)) throw error;
  disk.fail(error.message);
}
