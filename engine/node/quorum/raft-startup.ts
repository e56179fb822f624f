import type { Offset, TimestampMs } from '../../base/brands.ts';
import type { Checksum } from '../../base/codec.ts';
import type { Disk } from '../../base/disk.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import { batchBaseOffset, batchIsControl, batchLastOffset, isIntactBatch } from '../../protocol/records/batch-view.ts';
import { BatchWalk } from '../../protocol/records/split-batches.ts';
import type { ElectionState, OffsetAndEpoch, Voter } from '../../raft/types.ts';
import { completed, promised } from '../promised.ts';
import type { SnapshotId } from './metadata-log.ts';
import { readQuorumState } from './quorum-state-file.ts';
import type { RaftLog } from './raft-log.ts';
import { MetadataCorruptError, readControlBatch } from './raft-records.ts';
import { SnapshotStore } from './raft-snapshots.ts';
import type { SnapshotSettings } from './snapshot-keeper.ts';

export const metadataLogDirectory = '__cluster_metadata-0';

/** What a directory held when it was opened. */
export interface RaftStorage {
  readonly disk: Disk;
  readonly directory: string;
  readonly log: RaftLog;
  readonly snapshots: SnapshotStore;
  readonly election: ElectionState | null;
  readonly votersInLog: readonly { readonly offset: Offset; readonly voters: readonly Voter[] }[];
  readonly kraftVersionsInLog: readonly { readonly offset: Offset; readonly version: number }[];
  /** Removes what the retention settings no longer want: older snapshots, and the log below those that stay. */
  clean(settings: SnapshotSettings, checksum: Checksum, nowMs: TimestampMs): Promise<void>;
}

/**
 * Opens `__cluster_metadata-0`: snapshots, log, quorum-state, and the voters that these name.
 * Throws MetadataCorruptError, QuorumStateError or DiskError.
 *
 * @param openLog opens the log, recovered to its last intact batch; records below `logStartOffset` are in no use.
 */
export async function openRaftStorage(
  disk: Disk,
  checksum: Checksum,
  logger: Logger,
  openLog: (logStartOffset: Offset) => Promise<RaftLog>,
): Promise<RaftStorage> {
  const directory = metadataLogDirectory;
  await promised<void>((done) => disk.makeDirectory(directory, done));
  const snapshots = await SnapshotStore.open(disk, directory);
  const log = await openLog(snapshots.ids[0]?.offset ?? 0);
  await fitLogToSnapshots(log, snapshots);
  const control = new ControlState();
  const { latest } = snapshots;
  if (latest !== null) await readSnapshotControl(snapshots, latest, checksum, control);
  await readLogControl(log, latest?.offset ?? 0, checksum, logger, control);
  // What a killed process wrote may be in memory only, and Raft takes what it finds for what will not be lost.
  await completed((done) => log.flush(done));
  return {
    disk,
    directory,
    log,
    snapshots,
    election: await readQuorumState(disk, directory),
    votersInLog: control.voters,
    kraftVersionsInLog: control.kraftVersions,
    clean: (settings, sum, nowMs) => cleanStorage(log, snapshots, settings, sum, nowMs),
  };
}

/** The log's first offset, with the epoch of the snapshot that ends there. */
export function startOfLog({ log, snapshots }: RaftStorage): OffsetAndEpoch {
  const offset = log.startOffset();
  return { offset, epoch: snapshots.ids.find((id) => id.offset === offset)?.epoch ?? 0 };
}

class ControlState {
  kraftVersions: { offset: Offset; version: number }[] = [];
  voters: { offset: Offset; voters: readonly Voter[] }[] = [];

  take(bytes: Uint8Array, at: number, offsetOf: (index: number) => Offset): void {
    readControlBatch(bytes, at).forEach((record, index) => {
      if (record?.kind === 'kraft-version') {
        this.kraftVersions.push({ offset: offsetOf(index), version: record.version });
      }
      if (record?.kind === 'voters') this.voters.push({ offset: offsetOf(index), voters: record.voters });
    });
  }
}

/** A crash may have left the log shorter than a snapshot that came from a leader. */
async function fitLogToSnapshots(log: RaftLog, snapshots: SnapshotStore): Promise<void> {
  const { latest } = snapshots;
  const end = log.end();
  if (latest !== null && (end.offset < latest.offset || end.epoch < latest.epoch)) {
    await completed((done) => log.resetTo(latest, done));
  }
  const start = log.startOffset();
  if (start === 0) return;
  const fitting = snapshots.ids.find((id) => id.offset >= start);
  if (fitting === undefined) {
    throw new MetadataCorruptError(`the metadata log starts at ${start}, and no snapshot holds what was before`);
  }
  // Cut off by whole segments, in the middle of a cleaning: the log begins where a snapshot ends.
  if (fitting.offset > start) await completed((done) => log.startAt(fitting.offset, done));
}

/** The voters that a snapshot names, null for none, and its kraft.version. */
export async function readSnapshotVoters(
  snapshots: SnapshotStore,
  id: SnapshotId,
  checksum: Checksum,
): Promise<{ readonly voters: readonly Voter[] | null; readonly kraftVersion: number }> {
  const control = new ControlState();
  await readSnapshotControl(snapshots, id, checksum, control);
  return { voters: control.voters.at(-1)?.voters ?? null, kraftVersion: control.kraftVersions.at(-1)?.version ?? 0 };
}

async function readSnapshotControl(
  snapshots: SnapshotStore,
  id: SnapshotId,
  checksum: Checksum,
  control: ControlState,
): Promise<void> {
  await snapshots.read(id, checksum, (bytes, at) => {
    if (!batchIsControl(bytes, at)) return false;
    control.take(bytes, at, () => id.offset - 1);
    return true;
  });
}

async function readLogControl(
  log: RaftLog,
  from: Offset,
  checksum: Checksum,
  logger: Logger,
  control: ControlState,
): Promise<void> {
  let next = Math.max(from, log.startOffset());
  while (next < log.end().offset) {
    const start = next;
    const bytes = await readFrom(log, start);
    const walk = new BatchWalk(bytes);
    let hasGap = false;
    while (walk.next() && !hasGap) {
      const lastOffset = batchLastOffset(bytes, walk.at);
      if (lastOffset < next) continue;
      const baseOffset = batchBaseOffset(bytes, walk.at);
      hasGap = baseOffset > next || !isIntactBatch(bytes, walk.at, bytes.length, checksum);
      if (hasGap) break;
      if (batchIsControl(bytes, walk.at)) control.take(bytes, walk.at, (index) => baseOffset + index);
      next = lastOffset + 1;
    }
    if (hasGap) {
      // The end of an older segment was not flushed when the power went: nothing behind it was committed.
      logger.warn({ offset: next, end: log.end().offset }, 'the metadata log has a gap; it is cut there');
      await completed((done) => log.truncate(next, done));
    } else if (next === start) throw new MetadataCorruptError(`the metadata log is corrupt at offset ${start}`);
  }
}

function readFrom(log: RaftLog, from: Offset): Promise<Uint8Array> {
  return promised<Uint8Array>((done) => log.read(from, log.end().offset, metadataLogLimits.readBytes, done));
}

async function cleanStorage(
  log: RaftLog,
  snapshots: SnapshotStore,
  settings: SnapshotSettings,
  checksum: Checksum,
  nowMs: TimestampMs,
): Promise<void> {
  for (;;) {
    const [oldest, next] = snapshots.ids;
    if (oldest === undefined || next === undefined) break;
    const totalBytes = snapshots.totalBytes + log.sizeBytes();
    const isLarge = settings.retentionBytes >= 0 && totalBytes > settings.retentionBytes;
    const isOld =
      settings.retentionMs >= 0 && nowMs - (await snapshotTime(snapshots, oldest, checksum)) > settings.retentionMs;
    if (!isLarge && !isOld) break;
    // The log may forget only what the snapshots that stay hold.
    await completed((done) => log.startAt(next.offset, done));
    await snapshots.remove(oldest);
  }
}

async function snapshotTime(snapshots: SnapshotStore, id: SnapshotId, checksum: Checksum): Promise<TimestampMs> {
  let timestampMs = 0;
  await snapshots.read(id, checksum, (bytes, at) => {
    for (const record of batchIsControl(bytes, at) ? readControlBatch(bytes, at) : []) {
      if (record?.kind === 'snapshot-header') timestampMs = record.lastContainedLogTimestampMs;
    }
    return false;
  });
  return timestampMs;
}
