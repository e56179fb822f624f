import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Disk } from '#engine/base/disk.ts';
import { DiskError } from '#engine/base/disk.ts';
import { systemClock } from '#engine/io/clock.ts';
import { DescriptorCache } from '#engine/io/disk/descriptor-cache.ts';
import { DirectoryState } from '#engine/io/disk/directory-state.ts';
import { RealDisk } from '#engine/io/disk/real-disk.ts';
import { createLogger } from '#engine/io/logger.ts';
import type { BrokerConfig } from '#engine/metadata/config/broker-config.ts';
import { KraftStorageError, readMetaProperties } from '#engine/node/quorum/kraft-storage.ts';
import type { MetaProperties } from '#engine/node/quorum/meta-properties.ts';
import { CommandError } from '../command-error.ts';

/** Of each directory a few small files are read or written, one at a time. */
const openFiles = 8;

/** log.dirs and metadata.log.dir as absolute paths, sorted, each once. */
export function logDirectoryPaths(config: BrokerConfig): string[] {
  return [...new Set([...config.logDirs, config.metadataLogDir].map((path) => resolve(path)))].sort();
}

/** The directory as a Disk; what goes wrong in it is thrown, and not logged besides. */
export function openDirectory(root: string): Disk {
  return new RealDisk({
    root,
    clock: systemClock,
    logger: createLogger({ thread: 'kafka-storage', level: 'silent' }),
    state: new DirectoryState(),
    descriptors: new DescriptorCache(openFiles),
  });
}

/** Makes the directory where there is none. Throws CommandError. */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new CommandError(`Cannot make the log directory ${path}: ${(error as Error).message}`);
  }
}

/** Null in a directory that is not formatted. Throws CommandError where it can't be told. */
export async function metaPropertiesOf(disk: Disk): Promise<MetaProperties | null> {
  try {
    return await readMetaProperties(disk);
  } catch (error) {
    if (error instanceof KraftStorageError) throw new CommandError(error.message);
    if (error instanceof DiskError) throw new CommandError(`I/O error in ${disk.root}: ${error.message}`);
    throw error;
  }
}
