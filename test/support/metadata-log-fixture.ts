import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { Disk } from '../../engine/base/disk.ts';
import type { MetadataListener, MetadataRecord, SnapshotId } from '../../engine/node/quorum/metadata-log.ts';
import { loadMetadataRecordCodec } from '../../engine/node/quorum/metadata-record-codec.ts';
import { metadataLogConfig, openPartitionRaftLog } from '../../engine/node/quorum/partition-raft-log.ts';
import { RaftDriver, type RaftDriverOptions } from '../../engine/node/quorum/raft-driver.ts';
import { openRaftStorage } from '../../engine/node/quorum/raft-startup.ts';
import { defaultSnapshotSettings, type SnapshotSettings } from '../../engine/node/quorum/snapshot-keeper.ts';
import { defaultRaftTimings, type Voter } from '../../engine/raft/types.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { MemoryLogger } from './memory-logger.ts';
import { SeededRandom } from './seeded-random.ts';
import { SteppedClock } from './stepped-clock.ts';
import { patienceMs } from './until.ts';

export const metadataCodec = await loadMetadataRecordCodec();

/** A config record: the smallest with a state of its own. */
export function configRecord(name: string, value: string): MetadataRecord {
  return { apiKey: 4, version: 0, message: { resourceType: 4, resourceName: '', name, value } };
}

interface ConfigMessage {
  readonly name: string;
  readonly value: string;
}

/** A state machine of names and values, which keeps apart what is written and what is committed. */
export class ConfigListener implements MetadataListener {
  committedState = new Map<string, string>();
  overlay: { offset: number; name: string; value: string }[] = [];
  highWatermark = 0;
  leads: number | null = null;
  readonly events: string[] = [];
  onLeader: (epoch: number) => void = () => {};
  /** Written into snapshots besides the state: what these tests do not keep. */
  extraRecords: readonly MetadataRecord[] = [];
  #isLoading = false;

  replay(record: MetadataRecord, offset: number): void {
    if (record.apiKey !== 4) return;
    const { name, value } = record.message as ConfigMessage;
    if (this.#isLoading) this.committedState.set(name, value);
    else this.overlay.push({ offset, name, value });
  }

  committed(highWatermark: number): void {
    this.highWatermark = highWatermark;
    const passed = this.overlay.filter(({ offset }) => offset < highWatermark);
    this.overlay = this.overlay.filter(({ offset }) => offset >= highWatermark);
    for (const { name, value } of passed) this.committedState.set(name, value);
  }

  beginSnapshot(id: SnapshotId): void {
    this.events.push(`begin ${id.offset}-${id.epoch}`);
    this.#isLoading = true;
    this.committedState.clear();
    this.overlay = [];
  }

  endSnapshot(id: SnapshotId): void {
    this.events.push(`end ${id.offset}-${id.epoch}`);
    this.#isLoading = false;
    this.highWatermark = id.offset;
  }

  leaderChanged(leaderId: number, epoch: number): void {
    this.events.push(`leader ${leaderId} epoch ${epoch}`);
  }

  becameLeader(epoch: number): void {
    this.events.push(`leads ${epoch}`);
    this.leads = epoch;
    this.onLeader(epoch);
  }

  resigned(epoch: number): void {
    this.events.push(`resigned ${epoch}`);
    this.leads = null;
    this.overlay = [];
  }

  *snapshotRecords(): Generator<MetadataRecord> {
    yield* this.extraRecords;
    for (const [name, value] of [...this.committedState]) yield configRecord(name, value);
  }
}

export interface NodeOptions {
  readonly staticVoters?: readonly Voter[];
  readonly snapshots?: Partial<SnapshotSettings>;
  readonly segmentBytes?: number;
  readonly clock?: SteppedClock;
  readonly endpoints?: Voter['endpoints'];
  readonly directoryId?: string;
  readonly nodeId?: number;
  readonly send?: RaftDriverOptions['send'];
}

export interface TestNode {
  readonly driver: RaftDriver;
  readonly listener: ConfigListener;
  readonly clock: SteppedClock;
  readonly logger: MemoryLogger;
  readonly failures: unknown[];
}

export const testDirectoryId = 'TestDirectoryIdOfNodeA';

export function testVoter(directoryId = testDirectoryId): Voter {
  const endpoints = [{ name: 'CONTROLLER', host: 'localhost', port: 9093 }];
  return { id: 1, directoryId, endpoints, minKraftVersion: 0, maxKraftVersion: 1 };
}

const noDecompress = (): Uint8Array => {
  throw new Error('the metadata log is never compressed');
};
const noCompression = {
  decompress: noDecompress,
  decompressBriefly: noDecompress,
  compress: (): Promise<Uint8Array> => Promise.reject(new Error('the metadata log is never compressed')),
};

/** Opens a node's metadata log on a disk; `start` it to take part. */
export async function openNode(disk: Disk, options: NodeOptions = {}): Promise<TestNode> {
  const clock = options.clock ?? new SteppedClock();
  const logger = new MemoryLogger();
  const nodeId = options.nodeId ?? 1;
  const random = new SeededRandom(nodeId);
  const config = metadataLogConfig(options.segmentBytes ?? 1 << 30, 604_800_000);
  const environment = { clock, random, checksum, compression: noCompression, logger };
  const storage = await openRaftStorage(disk, checksum, logger, (start) =>
    openPartitionRaftLog(disk, environment, config, start),
  );
  const listener = new ConfigListener();
  const failures: unknown[] = [];
  const endpoints = options.endpoints ?? testVoter().endpoints;
  const local = { id: nodeId, directoryId: options.directoryId ?? testDirectoryId };
  const driver = new RaftDriver(storage, {
    raft: { ...defaultRaftTimings, local, endpoints, canBeVoter: true, bootstrapServers: 0 },
    staticVoters: options.staticVoters ?? [],
    clock,
    random,
    checksum,
    codec: metadataCodec,
    logger,
    snapshots: { ...defaultSnapshotSettings, ...options.snapshots },
    ...(options.send === undefined ? {} : { send: options.send }),
    onFailure: (error) => failures.push(error),
  });
  driver.register(listener);
  return { driver, listener, clock, logger, failures };
}

/** On a real disk: the clock follows, at a millisecond a turn. */
export async function eventually(node: TestNode, isDone: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs;
  while (performance.now() < giveUpAtMs) {
    node.clock.advance(1);
    if (isDone()) return;
    await delay(1);
  }
  throw new Error(`not within ${patienceMs} ms; failures: ${node.failures.join(', ')}`);
}

/** Lets disk and clock go on until `isDone`, some turns at the most. */
export async function until(node: TestNode, isDone: () => boolean, turns = 2000): Promise<void> {
  for (let i = 0; i < turns; i++) {
    node.clock.advance(1);
    if (isDone()) return;
    await turn();
  }
  throw new Error(`not within ${turns} turns; failures: ${node.failures.join(', ')}`);
}
