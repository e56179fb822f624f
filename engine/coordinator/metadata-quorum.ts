import type { NodeId } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import type { Checksum, Compression } from '../base/codec.ts';
import type { Disk } from '../base/disk.ts';
import type { Logger } from '../base/logger.ts';
import type { Random } from '../base/random.ts';
import { connect } from '../io/net/connect.ts';
import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import {
  formatStorage,
  isUnformatted,
  type KraftStorageEnvironment,
  type LoadedStorage,
  loadStorage,
} from '../node/quorum/kraft-storage.ts';
import type { MetadataRecordCodec } from '../node/quorum/metadata-record-codec.ts';
import { metadataLogConfig, openPartitionRaftLog } from '../node/quorum/partition-raft-log.ts';
import { parseQuorumVoters } from '../node/quorum/quorum-voters.ts';
import { RaftDriver } from '../node/quorum/raft-driver.ts';
import { openRaftStorage } from '../node/quorum/raft-startup.ts';
import { AddressBook } from '../node/raft-network/address-book.ts';
import { RaftNetwork } from '../node/raft-network/raft-network.ts';
import { defaultRaftTimings, type Endpoint, type Voter } from '../raft/types.ts';
import { millraceVersion } from './version.ts';

export interface QuorumEnvironment {
  readonly clock: Clock;
  readonly random: Random;
  readonly checksum: Checksum;
  readonly compression: Compression;
  readonly logger: Logger;
}

/** The quorum is this node and nobody else, by configuration. */
function isAlone(config: BrokerConfig): boolean {
  if (!config.isController || config.voters.length > 1) return false;
  if (config.voters.length === 1) return true;
  const ports = [...config.controllerListeners, ...config.advertisedControllerListeners].map(({ port }) => port);
  return config.bootstrapServers.length === 1 && config.bootstrapServers.every(({ port }) => ports.includes(port));
}

/**
 * Checks that the directories are this node's. All of them empty, and no other node named: they are formatted for a
 * cluster of this one node, which is what someone who starts a broker for the first time expects. A node of several has
 * to be formatted for its cluster first. Throws KraftStorageError.
 */
export async function prepareStorage(
  config: BrokerConfig,
  directories: readonly Disk[],
  metadata: Disk,
  environment: KraftStorageEnvironment,
  logger: Logger,
): Promise<LoadedStorage> {
  const disks = directories.includes(metadata) ? directories : [...directories, metadata];
  const named = { disks, metadata };
  if (!isAlone(config) || !(await isUnformatted(named))) return loadStorage(named, config.nodeId, environment);
  const endpoints = namedEndpoints(config.advertisedControllerListeners);
  const quorum =
    config.voters.length > 0 ? ({ kind: 'configured' } as const) : ({ kind: 'standalone', endpoints } as const);
  const storage = await formatStorage(named, { nodeId: config.nodeId, quorum }, environment);
  const roots = disks.map(({ root }) => root).join(', ');
  logger.info(
    { clusterId: storage.clusterId, nodeId: storage.nodeId },
    `formatted ${roots} for a new cluster of one node`,
  );
  return storage;
}

/** This node's replica of the metadata log, and what it needs to work with others. */
export interface Quorum {
  readonly raft: RaftDriver;
  readonly book: AddressBook;
  readonly network: RaftNetwork;
}

/** Opens the metadata log and builds the Raft driver over it; it is started when its listeners are registered. */
export async function openQuorum(
  config: BrokerConfig,
  disk: Disk,
  { clusterId, metadataDirectoryId }: LoadedStorage,
  codec: MetadataRecordCodec,
  environment: QuorumEnvironment,
  onFailure: (error: unknown) => void,
): Promise<Quorum> {
  const { values, nodeId } = config;
  const { clock, random, checksum, logger } = environment;
  const logConfig = metadataLogConfig(
    values.numberOrNull('internal.metadata.log.segment.bytes') ?? values.number('metadata.log.segment.bytes'),
    values.number('metadata.log.segment.ms'),
  );
  const storage = await openRaftStorage(disk, checksum, logger, (logStartOffset) =>
    openPartitionRaftLog(disk, environment, logConfig, logStartOffset),
  );
  const endpoints = config.isController ? namedEndpoints(config.advertisedControllerListeners) : [];
  // Configured voters are where the quorum is, whatever else is configured.
  const bootstrapServers = config.voters.length > 0 ? [] : config.bootstrapServers;
  const requestTimeoutMs = values.number('controller.quorum.request.timeout.ms');
  const raft: RaftDriver = new RaftDriver(storage, {
    raft: {
      ...defaultRaftTimings,
      local: { id: nodeId as NodeId, directoryId: metadataDirectoryId },
      endpoints,
      canBeVoter: config.isController,
      autoJoin: values.boolean('controller.quorum.auto.join.enable'),
      bootstrapServers: bootstrapServers.length,
      electionTimeoutMs: values.number('controller.quorum.election.timeout.ms'),
      electionBackoffMaxMs: values.number('controller.quorum.election.backoff.max.ms'),
      fetchTimeoutMs: values.number('controller.quorum.fetch.timeout.ms'),
      requestTimeoutMs,
      retryBackoffMs: values.number('controller.quorum.retry.backoff.ms'),
    },
    staticVoters: staticVoters(config),
    clock,
    random,
    checksum,
    codec,
    logger,
    snapshots: {
      maxBytesBetween: values.number('metadata.log.max.record.bytes.between.snapshots'),
      maxIntervalMs: values.number('metadata.log.max.snapshot.interval.ms'),
      retentionBytes: values.number('metadata.max.retention.bytes'),
      retentionMs: values.number('metadata.max.retention.ms'),
    },
    send: (correlation, to, request) => network.send(correlation, to, request),
    votersChanged: () => book.votersChanged(),
    onFailure,
  });
  const book = new AddressBook({
    localId: nodeId as NodeId,
    ownEndpoints: endpoints,
    listenerName: config.controllerListenerNames[0] ?? '',
    bootstrapServers,
    voters: () => raft.voters,
  });
  const network = new RaftNetwork({
    book,
    connect: ({ host, port }, events, connected) => connect({ host, port, events, connected }),
    clock,
    logger,
    clientId: `raft-client-${nodeId}`,
    softwareVersion: millraceVersion(),
    wire: {
      clusterId,
      checksum,
      fetchMaxBytes: values.number('controller.quorum.fetch.max.bytes'),
      fetchSnapshotMaxBytes: values.number('controller.quorum.fetch.snapshot.max.bytes'),
      endpoints,
    },
    requestTimeoutMs,
    asker: raft,
  });
  return { raft, book, network };
}

function namedEndpoints(listeners: BrokerConfig['advertisedControllerListeners']): Endpoint[] {
  return listeners.map(({ listener, host, port }) => ({ name: listener, host, port }));
}

function staticVoters(config: BrokerConfig): Voter[] {
  if (config.voters.length === 0) return [];
  const text = config.values.list('controller.quorum.voters').join(',');
  return parseQuorumVoters(text, config.controllerListenerNames[0] ?? '') ?? [];
}
