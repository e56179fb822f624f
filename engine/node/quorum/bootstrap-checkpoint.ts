/**
 * `bootstrap.checkpoint`: the feature levels with which a new cluster begins, as a snapshot file. The first controller
 * of the cluster writes them into the log.
 */
import type { TimestampMs } from '../../base/brands.ts';
import type { Checksum } from '../../base/codec.ts';
import { joinedBytes } from '../../base/joined-bytes.ts';
import {
  defaultFeatureLevel,
  features,
  latestMetadataVersion,
  metadataVersionFeature,
} from '../../protocol/features.ts';
import { batchIsControl, isIntactBatch } from '../../protocol/records/batch-view.ts';
import { BatchWalk } from '../../protocol/records/split-batches.ts';
import type { Voter } from '../../raft/types.ts';
import type { MetadataRecord } from './metadata-log.ts';
import type { MetadataRecordCodec } from './metadata-record-codec.ts';
import {
  controlBatch,
  MetadataBatchWriter,
  MetadataCorruptError,
  readControlBatch,
  replayMetadataBatch,
} from './raft-records.ts';

export const bootstrapFileName = 'bootstrap.checkpoint';

const featureLevelRecordKey = 12;
const kraftVersionFeature = 'kraft.version';

export interface FeatureLevel {
  readonly name: string;
  readonly level: number;
}

/** What `format` gives a new cluster: metadata.version, then the other features by name; those at level 0 are left out. */
export function defaultFeatureLevels(metadataVersion: number = latestMetadataVersion): FeatureLevel[] {
  const others = features
    .filter((row) => row.name !== kraftVersionFeature)
    .map((row) => ({ name: row.name, level: defaultFeatureLevel(row, metadataVersion) }))
    .filter(({ level }) => level > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [{ name: metadataVersionFeature, level: metadataVersion }, ...others];
}

export function featureLevelRecord({ name, level }: FeatureLevel): MetadataRecord {
  return { apiKey: featureLevelRecordKey, version: 0, message: { name, featureLevel: level } };
}

export interface CheckpointWriting {
  readonly checksum: Checksum;
  readonly codec: MetadataRecordCodec;
  readonly nowMs: TimestampMs;
}

export function encodeBootstrapCheckpoint(records: readonly MetadataRecord[], writing: CheckpointWriting): Uint8Array {
  const { checksum, codec, nowMs } = writing;
  const place = (baseOffset: number) => ({ baseOffset, epoch: 0, timestampMs: nowMs });
  const open = new MetadataBatchWriter(checksum, codec).open(place(1));
  for (const record of records) open.append(record);
  return joinedBytes([
    controlBatch(checksum, place(0), [{ kind: 'snapshot-header', lastContainedLogTimestampMs: 0 }]),
    ...(records.length > 0 ? [open.build()] : []),
    controlBatch(checksum, place(1 + records.length), [{ kind: 'snapshot-footer' }]),
  ]);
}

/** The first snapshot (0-0) of a quorum with dynamic voters: kraft.version 1 and who they are. */
export function encodeVotersCheckpoint(voters: readonly Voter[], writing: CheckpointWriting): Uint8Array {
  const { checksum, nowMs } = writing;
  const head = [
    { kind: 'snapshot-header', lastContainedLogTimestampMs: nowMs },
    { kind: 'kraft-version', version: 1 },
    { kind: 'voters', voters },
  ] as const;
  return joinedBytes([
    controlBatch(checksum, { baseOffset: 0, epoch: 0, timestampMs: nowMs }, head),
    controlBatch(checksum, { baseOffset: 3, epoch: 0, timestampMs: nowMs }, [{ kind: 'snapshot-footer' }]),
  ]);
}

/** Throws MetadataCorruptError or ProtocolError. */
export function decodeBootstrapCheckpoint(
  bytes: Uint8Array,
  checksum: Checksum,
  codec: MetadataRecordCodec,
): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  let isWhole = false;
  const walk = new BatchWalk(bytes);
  while (walk.next()) {
    if (!isIntactBatch(bytes, walk.at, bytes.length, checksum)) break;
    if (batchIsControl(bytes, walk.at)) {
      isWhole = readControlBatch(bytes, walk.at).some((record) => record?.kind === 'snapshot-footer');
    } else replayMetadataBatch(codec, bytes, walk.at, (record) => records.push(record));
  }
  if (!isWhole || walk.stopped !== 'end') throw new MetadataCorruptError(`${bootstrapFileName} is corrupt`);
  return records;
}
