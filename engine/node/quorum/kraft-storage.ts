/**
 * What makes log directories a node's: meta.properties in each, bootstrap.checkpoint, and the first snapshot of a
 * dynamic quorum in the metadata directory. As Apache Kafka's storage tool writes them.
 */
import type { DirectoryId, NodeId, Uuid } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Checksum } from '../../base/codec.ts';
import { type Disk, DiskError } from '../../base/disk.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import type { Random } from '../../base/random.ts';
import { randomDirectoryId, randomUuid } from '../../protocol/uuid.ts';
import type { Endpoint, Voter } from '../../raft/types.ts';
import { promised } from '../promised.ts';
import {
  bootstrapFileName,
  decodeBootstrapCheckpoint,
  defaultFeatureLevels,
  encodeBootstrapCheckpoint,
  encodeVotersCheckpoint,
  type FeatureLevel,
  featureLevelRecord,
} from './bootstrap-checkpoint.ts';
import {
  decodeMetaProperties,
  encodeMetaProperties,
  type MetaProperties,
  MetaPropertiesError,
  metaPropertiesFileName,
} from './meta-properties.ts';
import type { MetadataRecord } from './metadata-log.ts';
import type { MetadataRecordCodec } from './metadata-record-codec.ts';
import { snapshotFileName } from './raft-snapshots.ts';
import { metadataLogDirectory } from './raft-startup.ts';

export type KraftStorageErrorReason =
  /** No directory was ever formatted, and this node may not do it by itself. */
  | 'not-formatted'
  /** The metadata directory was not formatted, others were. */
  | 'no-metadata-directory'
  | 'corrupt'
  | 'other-node'
  | 'other-cluster'
  /** Two directories say they are the same one: a copy. */
  | 'same-directory'
  /** A metadata log lies in a directory that is not the metadata directory. */
  | 'misplaced-metadata-log';

/** A start that is refused; the message is the one line to say. */
export class KraftStorageError extends Error {
  override readonly name = 'KraftStorageError';
  readonly reason: KraftStorageErrorReason;

  constructor(reason: KraftStorageErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface KraftStorageEnvironment {
  readonly clock: Clock;
  readonly random: Random;
  readonly checksum: Checksum;
  readonly codec: MetadataRecordCodec;
}

export interface LogDirectories {
  /** log.dirs, and metadata.log.dir where it is not among them. */
  readonly disks: readonly Disk[];
  /** The one of them that holds `__cluster_metadata-0`: metadata.log.dir, else the first of log.dirs. */
  readonly metadata: Disk;
}

/** How the quorum begins. */
export type QuorumFormat =
  /** This node is the only voter; others may join (`--standalone`). */
  | { readonly kind: 'standalone'; readonly endpoints: readonly Endpoint[] }
  /** These are the voters, this node with its directory id among them (`--initial-controllers`). */
  | { readonly kind: 'initial-controllers'; readonly voters: readonly Voter[] }
  /** Voters come from controller.quorum.voters, or this node is none (`--no-initial-controllers`). */
  | { readonly kind: 'configured' };

export interface FormatOptions {
  readonly nodeId: NodeId;
  /** A new one where absent. */
  readonly clusterId?: Uuid;
  readonly quorum: QuorumFormat;
  /** Those of a new cluster of this release where absent. */
  readonly features?: readonly FeatureLevel[];
}

export interface LoadedStorage {
  readonly clusterId: Uuid;
  readonly nodeId: NodeId;
  /** By the disk's root. */
  readonly directoryIds: ReadonlyMap<string, DirectoryId>;
  readonly metadataDirectoryId: DirectoryId;
  /** Roots of directories that were empty and have been made this node's. */
  readonly newDirectories: readonly string[];
}

/** What one directory becomes. */
export interface DirectoryFormat {
  readonly clusterId: Uuid;
  readonly nodeId: NodeId;
  readonly directoryId: DirectoryId;
  readonly features: readonly FeatureLevel[];
  /** Of the metadata directory of a dynamic quorum: with whom it begins. Empty: no first snapshot is written. */
  readonly voters: readonly Voter[];
}

/** Makes an empty directory a node's; meta.properties, by which it is known, comes last. Throws DiskError. */
export async function formatDirectory(
  disk: Disk,
  format: DirectoryFormat,
  { clock, checksum, codec }: KraftStorageEnvironment,
): Promise<void> {
  const { clusterId, nodeId, directoryId, features, voters } = format;
  const writing = { checksum, codec, nowMs: clock.wallMs() };
  if (voters.length > 0) {
    await promised<void>((done) => disk.makeDirectory(metadataLogDirectory, done));
    const path = `${metadataLogDirectory}/${snapshotFileName({ offset: 0, epoch: 0 })}`;
    await replace(disk, path, encodeVotersCheckpoint(voters, writing));
  }
  await replace(disk, bootstrapFileName, encodeBootstrapCheckpoint(features.map(featureLevelRecord), writing));
  const properties = { clusterId, nodeId, directoryId };
  await replace(disk, metaPropertiesFileName, encodeMetaProperties(properties, writing.nowMs));
}

/**
 * Formats empty directories. With the metadata directory's meta.properties the node is formatted: a crash before it
 * leaves an unformatted node, and one after it empty directories, which the next start makes this node's.
 */
export async function formatStorage(
  directories: LogDirectories,
  options: FormatOptions,
  environment: KraftStorageEnvironment,
): Promise<LoadedStorage> {
  const { random } = environment;
  const clusterId = options.clusterId ?? randomUuid(random);
  const { nodeId, quorum } = options;
  const features = options.features ?? defaultFeatureLevels();
  const directoryIds = new Map(directories.disks.map((disk) => [disk.root, randomDirectoryId(random)]));
  const { metadata } = directories;
  const mine = quorum.kind === 'initial-controllers' ? ownVoter(quorum.voters, nodeId) : undefined;
  if (mine !== undefined) directoryIds.set(metadata.root, mine.directoryId);
  const metadataDirectoryId = directoryIds.get(metadata.root)!;
  for (const disk of [metadata, ...directories.disks.filter((each) => each !== metadata)]) {
    const directoryId = directoryIds.get(disk.root)!;
    const voters = disk === metadata ? firstVoters(quorum, nodeId, directoryId) : [];
    await formatDirectory(disk, { clusterId, nodeId, directoryId, features, voters }, environment);
  }
  return { clusterId, nodeId, directoryIds, metadataDirectoryId, newDirectories: [...directoryIds.keys()] };
}

export function ownVoter(voters: readonly Voter[], nodeId: NodeId): Voter | undefined {
  return voters.find((voter) => voter.id === nodeId);
}

/** The voters of the first snapshot; `directoryId` is that of this node's metadata directory. */
export function firstVoters(quorum: QuorumFormat, nodeId: NodeId, directoryId: DirectoryId): readonly Voter[] {
  switch (quorum.kind) {
    case 'standalone':
      return [{ id: nodeId, directoryId, endpoints: quorum.endpoints, minKraftVersion: 0, maxKraftVersion: 1 }];
    case 'initial-controllers':
      return quorum.voters;
    case 'configured':
      return [];
  }
}

/** Whether no directory holds a meta.properties file. Throws DiskError. */
export async function isUnformatted(directories: LogDirectories): Promise<boolean> {
  for (const disk of directories.disks) {
    if ((await readIfPresent(disk, metaPropertiesFileName)) !== null) return false;
  }
  return true;
}

/**
 * Checks that the directories are this node's, and of one cluster; empty ones among them become so.
 * Throws KraftStorageError or DiskError.
 */
export async function loadStorage(
  directories: LogDirectories,
  nodeId: NodeId,
  environment: KraftStorageEnvironment,
): Promise<LoadedStorage> {
  const found = new Map<Disk, MetaProperties>();
  for (const disk of directories.disks) {
    const properties = await readMetaProperties(disk);
    if (properties !== null) found.set(disk, properties);
  }
  const clusterId = verified(directories, found, nodeId);
  await refuseMisplacedLogs(directories);
  // A process that was killed may have made names (these files, logs) and not yet made them durable: what is written
  // below them from here on would go with them.
  for (const disk of directories.disks) await promised<void>((done) => disk.syncDirectory('.', done));
  const directoryIds = new Map<string, DirectoryId>();
  const newDirectories: string[] = [];
  for (const disk of directories.disks) {
    const known = found.get(disk);
    const directoryId = known?.directoryId ?? randomDirectoryId(environment.random);
    directoryIds.set(disk.root, directoryId);
    if (known === undefined) newDirectories.push(disk.root);
    if (known === undefined || known.directoryId === null) {
      const properties = { clusterId, nodeId, directoryId };
      await replace(disk, metaPropertiesFileName, encodeMetaProperties(properties, environment.clock.wallMs()));
    }
  }
  const metadataDirectoryId = directoryIds.get(directories.metadata.root)!;
  return { clusterId, nodeId, directoryIds, metadataDirectoryId, newDirectories };
}

/** The cluster that all formatted directories agree on. */
function verified({ metadata }: LogDirectories, found: ReadonlyMap<Disk, MetaProperties>, nodeId: NodeId): Uuid {
  const [first] = found;
  if (first === undefined) {
    throw new KraftStorageError('not-formatted', 'No readable meta.properties files found.');
  }
  const [firstDisk, { clusterId }] = first;
  const owners = new Map<DirectoryId, string>();
  for (const [disk, properties] of found) {
    const path = `${disk.root}/${metaPropertiesFileName}`;
    if (properties.nodeId !== nodeId) {
      const advice = 'set node.id to it if the data was moved here, or name another directory in log.dirs';
      throw new KraftStorageError(
        'other-node',
        `${path} belongs to node ${properties.nodeId}, but node.id is ${nodeId}: ${advice}.`,
      );
    }
    if (properties.clusterId !== clusterId) {
      const both = `${properties.clusterId}, but ${firstDisk.root} to ${clusterId}`;
      throw new KraftStorageError('other-cluster', `${path} belongs to cluster ${both}: log.dirs mixes clusters.`);
    }
    if (properties.directoryId === null) continue;
    const owner = owners.get(properties.directoryId);
    if (owner !== undefined) {
      const id = properties.directoryId;
      throw new KraftStorageError('same-directory', `${disk.root} and ${owner} both have the directory.id ${id}.`);
    }
    owners.set(properties.directoryId, disk.root);
  }
  if (!found.has(metadata)) {
    throw new KraftStorageError(
      'no-metadata-directory',
      `No meta.properties found in the metadata directory ${metadata.root}, though ${firstDisk.root} is formatted.`,
    );
  }
  return clusterId;
}

async function refuseMisplacedLogs({ disks, metadata }: LogDirectories): Promise<void> {
  for (const disk of disks) {
    if (disk === metadata) continue;
    if ((await promised<number>((done) => disk.size(metadataLogDirectory, done))) >= 0) {
      throw new KraftStorageError(
        'misplaced-metadata-log',
        `${disk.root} holds ${metadataLogDirectory}, but the metadata directory is ${metadata.root}.`,
      );
    }
  }
}

/** Null where there is none. Throws KraftStorageError (`corrupt`) or DiskError. */
export async function readMetaProperties(disk: Disk): Promise<MetaProperties | null> {
  const bytes = await readIfPresent(disk, metaPropertiesFileName);
  if (bytes === null) return null;
  try {
    return decodeMetaProperties(bytes);
  } catch (error) {
    if (!(error instanceof MetaPropertiesError)) throw error;
    const path = `${disk.root}/${metaPropertiesFileName}`;
    throw new KraftStorageError('corrupt', `${path} is not readable: ${error.message}.`);
  }
}

/** The records with which a new cluster begins. Throws MetadataCorruptError, ProtocolError or DiskError. */
export async function readBootstrapRecords(
  metadata: Disk,
  environment: KraftStorageEnvironment,
): Promise<MetadataRecord[]> {
  const bytes = await readIfPresent(metadata, bootstrapFileName);
  if (bytes === null) return defaultFeatureLevels().map(featureLevelRecord);
  return decodeBootstrapCheckpoint(bytes, environment.checksum, environment.codec);
}

async function readIfPresent(disk: Disk, path: string): Promise<Uint8Array | null> {
  try {
    return await promised<Uint8Array>((done) => disk.readFile(path, metadataLogLimits.smallFileBytes, done));
  } catch (error) {
    if (error instanceof DiskError && error.code === 'ENOENT') return null;
    throw error;
  }
}

function replace(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  return promised<void>((done) => disk.replaceFile(path, bytes, done));
}
