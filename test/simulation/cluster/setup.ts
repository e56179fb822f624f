import type { Voter } from '../../../engine/raft/types.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { DiskProfile } from '../world/machine-disk.ts';
import type { NetworkProfile } from '../world/network.ts';

/** What a run is like, drawn anew for each seed: small and large quorums, fast and slow disks, large and small files. */
export interface Setup {
  /** All that may vote. */
  readonly voters: readonly number[];
  /** Those of them that do from the start on. */
  readonly firstVoters: readonly number[];
  readonly observers: readonly number[];
  /** Voters stand in the log (KIP-853), not in the configuration. */
  readonly dynamicVoters: boolean;
  /** How often an admin adds or removes one, about; 0: never. */
  readonly changeVotersEveryMs: number;
  readonly network: NetworkProfile;
  readonly disk: DiskProfile;
  readonly segmentBytes: number;
  readonly snapshotEveryBytes: number;
  readonly retentionBytes: number;
  readonly faultsMs: number;
  readonly changeEveryMs: number;
  /** Partitions of a topic that is produced to and read; 0: the nodes have no shards. */
  readonly dataPartitions: number;
  /** Of one answer to a replica of the metadata log. */
  readonly fetchMaxBytes: number;
  readonly dataSegmentBytes: number;
  /** Of the brokers. */
  readonly properties: ReadonlyMap<string, string>;
}

export const clusterId = 'SimulatedClusterIdAAAA';
const quorumSizes = [1, 2, 3, 3, 3, 3, 4, 5, 5];

/** @param withData nodes are whole brokers, three at least. */
export function drawSetup(random: SeededRandom, withData: boolean): Setup {
  const size = quorumSizes[random.below(quorumSizes.length)]!;
  const voters = Array.from({ length: size }, (_, index) => index + 1);
  const observerCount = Math.max(random.below(3), withData ? 3 - size : 0);
  const observers = Array.from({ length: observerCount }, (_, index) => size + 1 + index);
  const isSlowDisk = random.oneIn(4);
  const snapshotEveryBytes = random.oneIn(3) ? 1 << 20 : 2_000 + random.below(8_000);
  const setup = {
    voters,
    firstVoters: voters,
    observers,
    dynamicVoters: random.oneIn(2),
    changeVotersEveryMs: 0,
    network: random.oneIn(4)
      ? { minDelayMs: 5, spreadDelayMs: 5 + random.below(80) }
      : { minDelayMs: 0.1, spreadDelayMs: 1 + random.below(10) },
    disk: isSlowDisk ? { operationMs: 2, syncMs: 5 + random.below(40) } : { operationMs: 0.1, syncMs: 0.5 },
    segmentBytes: 1_000 + random.below(6_000),
    snapshotEveryBytes,
    retentionBytes: snapshotEveryBytes,
    faultsMs: 4_000 + random.below(12_000),
    changeEveryMs: 20 + random.below(200),
    fetchMaxBytes: 300 + random.below(20_000),
    dataSegmentBytes: 500 + random.below(4_000),
    dataPartitions: withData ? 1 + random.below(3) : 0,
    properties: new Map([
      ['replica.lag.time.max.ms', String(1_000 + random.below(4_000))],
      ['replica.fetch.wait.max.ms', String(50 + random.below(400))],
    ]),
  };
  return setup.dynamicVoters && size > 1 && random.oneIn(2) ? withVoterChanges(setup, random) : setup;
}

/** Some begin as voters, others as controllers that are not asked yet. */
function withVoterChanges(setup: Setup, random: SeededRandom): Setup {
  const firstVoters = setup.voters.slice(0, 1 + random.below(setup.voters.length));
  return { ...setup, firstVoters, changeVotersEveryMs: 300 + random.below(2_000) };
}

export function directoryIdOf(nodeId: number): string {
  return `DirectoryIdOfNode${String(nodeId).padStart(3, '0')}AA`;
}

export function voterOf(nodeId: number): Voter {
  const endpoints = [{ name: 'CONTROLLER', host: `node${nodeId}`, port: 9093 }];
  return { id: nodeId, directoryId: directoryIdOf(nodeId), endpoints, minKraftVersion: 0, maxKraftVersion: 1 };
}
