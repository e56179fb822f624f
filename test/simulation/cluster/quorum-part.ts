import type { Disk } from '../../../engine/base/disk.ts';
import type { Logger } from '../../../engine/base/logger.ts';
import type { Random } from '../../../engine/base/random.ts';
import { rulesOfDefinitions } from '../../../engine/controller/config-definitions.ts';
import { Controller } from '../../../engine/controller/controller.ts';
import { parseBrokerConfig } from '../../../engine/metadata/config/broker-config.ts';
import { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import type { ImageChanges } from '../../../engine/metadata/image/states.ts';
import { loadStorage, readBootstrapRecords } from '../../../engine/node/quorum/kraft-storage.ts';
import { metadataLogConfig, openPartitionRaftLog } from '../../../engine/node/quorum/partition-raft-log.ts';
import { RaftDriver, type RaftDriverOptions } from '../../../engine/node/quorum/raft-driver.ts';
import { openRaftStorage, type RaftStorage } from '../../../engine/node/quorum/raft-startup.ts';
import { defaultSnapshotSettings } from '../../../engine/node/quorum/snapshot-keeper.ts';
import { defaultRaftTimings } from '../../../engine/raft/types.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import { compression } from '../../../native-bindings/compression.ts';
import { serverProperties, settings } from '../../support/controller-fixture.ts';
import { metadataCodec } from '../../support/metadata-log-fixture.ts';
import type { NodeClock } from '../world/node-clock.ts';
import { ObservedRaftLog } from './observed-raft-log.ts';
import { clusterId, directoryIdOf, type Setup, voterOf } from './setup.ts';

const configs = rulesOfDefinitions(parseBrokerConfig(serverProperties));

export interface QuorumEnvironment {
  readonly nodeId: number;
  readonly setup: Setup;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly logger: Logger;
  readonly send: NonNullable<RaftDriverOptions['send']>;
  readonly votersChanged: () => void;
  /** The committed image moved. */
  readonly committed: (changes: ImageChanges) => void;
  readonly failed: (error: unknown) => void;
}

/** The quorum's side of a node: its metadata log, Raft over it, and the controller that follows it. */
export interface QuorumPart {
  readonly storage: RaftStorage;
  readonly log: ObservedRaftLog;
  readonly driver: RaftDriver;
  readonly image: MetadataImage;
  readonly controller: Controller;
}

/** Opens what the disk holds. The driver is not started. */
export async function openQuorumPart(disk: Disk, environment: QuorumEnvironment): Promise<QuorumPart> {
  const { nodeId, setup, clock, random, logger } = environment;
  const storageEnvironment = { clock, random, checksum, codec: metadataCodec };
  await loadStorage({ disks: [disk], metadata: disk }, nodeId, storageEnvironment);
  const bootstrap = await readBootstrapRecords(disk, storageEnvironment);
  const logEnvironment = { clock, random, checksum, compression, logger };
  let log: ObservedRaftLog | null = null;
  const storage = await openRaftStorage(disk, checksum, logger, async (start) => {
    const config = metadataLogConfig(setup.segmentBytes, 604_800_000);
    log = new ObservedRaftLog(await openPartitionRaftLog(disk, logEnvironment, config, start));
    return log;
  });
  const driver = openDriver(storage, environment);
  const image = new MetadataImage();
  const controller = new Controller({
    log: driver,
    image,
    settings: { ...settings, nodeId, clusterId },
    configs,
    bootstrap,
    clock,
    random,
    logger,
    sessionTimeoutMs: 3_000,
    maxIdleIntervalMs: 500,
    committed: environment.committed,
  });
  driver.register(controller);
  return { storage, log: log!, driver, image, controller };
}

function openDriver(storage: RaftStorage, environment: QuorumEnvironment): RaftDriver {
  const { nodeId, setup, clock, random, logger, send, failed } = environment;
  const bootstrapServers = setup.dynamicVoters ? setup.voters.length : 0;
  return new RaftDriver(storage, {
    raft: {
      ...defaultRaftTimings,
      local: { id: nodeId, directoryId: directoryIdOf(nodeId) },
      endpoints: setup.voters.includes(nodeId) ? voterOf(nodeId).endpoints : [],
      canBeVoter: setup.voters.includes(nodeId),
      bootstrapServers,
    },
    staticVoters: setup.dynamicVoters ? [] : setup.voters.map(voterOf),
    clock,
    random,
    checksum,
    codec: metadataCodec,
    logger,
    snapshots: {
      ...defaultSnapshotSettings,
      maxBytesBetween: setup.snapshotEveryBytes,
      retentionBytes: setup.retentionBytes,
    },
    send,
    votersChanged: environment.votersChanged,
    onFailure: failed,
  });
}
