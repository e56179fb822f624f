/** Batches of `__cluster_metadata-0` and of its snapshots: control records (KIP-595, 630, 853) and metadata records. */
import { InvariantError } from '../../base/assert.ts';
import type { LeaderEpoch, Offset, TimestampMs } from '../../base/brands.ts';
import type { Checksum } from '../../base/codec.ts';
import { decodeKRaftVersionRecord, encodeKRaftVersionRecord } from '../../protocol/generated/k-raft-version-record.js';
import {
  decodeLeaderChangeMessage,
  encodeLeaderChangeMessage,
} from '../../protocol/generated/leader-change-message.js';
import { encodeSnapshotFooterRecord } from '../../protocol/generated/snapshot-footer-record.js';
import {
  decodeSnapshotHeaderRecord,
  encodeSnapshotHeaderRecord,
} from '../../protocol/generated/snapshot-header-record.js';
import { decodeVotersRecord, encodeVotersRecord } from '../../protocol/generated/voters-record.js';
import { Reader } from '../../protocol/reader.ts';
import { BatchBuilder } from '../../protocol/records/batch-builder.ts';
import {
  batchBaseOffset,
  batchIsControl,
  batchLastOffset,
  batchPartitionLeaderEpoch,
} from '../../protocol/records/batch-view.ts';
import {
  type ControlRecordType,
  controlRecordType,
  readControlRecordType,
} from '../../protocol/records/control-records.ts';
import { RecordCursor } from '../../protocol/records/record-cursor.ts';
import { Writer } from '../../protocol/writer.ts';
import type { ControlRecord, ReplicatedBatch, Voter } from '../../raft/types.ts';
import type { MetadataRecord } from './metadata-log.ts';
import type { MetadataRecordCodec } from './metadata-record-codec.ts';

export interface BatchPlace {
  readonly baseOffset: Offset;
  readonly epoch: LeaderEpoch;
  readonly timestampMs: TimestampMs;
}

/** What only snapshots hold besides: their first and last record. */
export type SnapshotControlRecord =
  | { readonly kind: 'snapshot-header'; readonly lastContainedLogTimestampMs: TimestampMs }
  | { readonly kind: 'snapshot-footer' };

/** Bytes of a log or snapshot that are not what they must be. */
export class MetadataCorruptError extends Error {
  override readonly name = 'MetadataCorruptError';
}

export function controlBatch(
  checksum: Checksum,
  place: BatchPlace,
  records: readonly (ControlRecord | SnapshotControlRecord)[],
): Uint8Array {
  const builder = new BatchBuilder({
    baseOffset: place.baseOffset,
    partitionLeaderEpoch: place.epoch,
    isControl: true,
  });
  for (const record of records) {
    const [type, value] = encodeControl(record);
    builder.appendControl(place.timestampMs, type, value);
  }
  return builder.build(checksum);
}

function encodeControl(record: ControlRecord | SnapshotControlRecord): [ControlRecordType, Uint8Array] {
  const writer = new Writer();
  switch (record.kind) {
    case 'leader-change': {
      const voters = record.voters.map((voter) => ({ voterId: voter.id }));
      const grantingVoters = record.granting.map((voter) => ({ voterId: voter.id }));
      encodeLeaderChangeMessage(writer, { version: 0, leaderId: record.leaderId, voters, grantingVoters }, 0);
      return [controlRecordType.leaderChange, writer.toBytes()];
    }
    case 'kraft-version':
      encodeKRaftVersionRecord(writer, { version: 0, kRaftVersion: record.version }, 0);
      return [controlRecordType.kraftVersion, writer.toBytes()];
    case 'voters':
      encodeVotersRecord(writer, { version: 0, voters: record.voters.map(wireVoter) }, 0);
      return [controlRecordType.kraftVoters, writer.toBytes()];
    case 'snapshot-header': {
      const lastContainedLogTimestamp = BigInt(record.lastContainedLogTimestampMs);
      encodeSnapshotHeaderRecord(writer, { version: 0, lastContainedLogTimestamp }, 0);
      return [controlRecordType.snapshotHeader, writer.toBytes()];
    }
    case 'other':
      throw new InvariantError('a record that is not known is not written');
    case 'snapshot-footer':
      encodeSnapshotFooterRecord(writer, { version: 0 }, 0);
      return [controlRecordType.snapshotFooter, writer.toBytes()];
  }
}

function wireVoter(voter: Voter) {
  return {
    voterId: voter.id,
    voterDirectoryId: voter.directoryId,
    endpoints: voter.endpoints.map(({ name, host, port }) => ({ name, host, port })),
    kRaftVersionFeature: {
      minSupportedVersion: voter.minKraftVersion,
      maxSupportedVersion: voter.maxKraftVersion,
    },
  };
}

/**
 * The control records of the batch at `at`, in order; null stands for one of a kind that is not known here.
 * Throws MetadataCorruptError or ProtocolError.
 */
export function readControlBatch(bytes: Uint8Array, at: number): (ControlRecord | SnapshotControlRecord | null)[] {
  const records: (ControlRecord | SnapshotControlRecord | null)[] = [];
  forEachRecord(bytes, at, (cursor) => {
    const type = readControlRecordType(bytes, cursor.keyAt, cursor.keyLength);
    records.push(
      decodeControl(type, new Reader(bytes, cursor.valueAt, cursor.valueAt + Math.max(0, cursor.valueLength))),
    );
  });
  return records;
}

function decodeControl(type: number, reader: Reader): ControlRecord | SnapshotControlRecord | null {
  switch (type) {
    case controlRecordType.leaderChange: {
      const { leaderId, voters, grantingVoters } = decodeLeaderChangeMessage(reader, 0);
      const key = (voter: { voterId: number; voterDirectoryId: string }) => ({
        id: voter.voterId,
        directoryId: voter.voterDirectoryId,
      });
      return { kind: 'leader-change', leaderId, voters: voters.map(key), granting: grantingVoters.map(key) };
    }
    case controlRecordType.kraftVersion:
      return { kind: 'kraft-version', version: decodeKRaftVersionRecord(reader, 0).kRaftVersion };
    case controlRecordType.kraftVoters: {
      const voters = decodeVotersRecord(reader, 0).voters.map((voter) => ({
        id: voter.voterId,
        directoryId: voter.voterDirectoryId,
        endpoints: voter.endpoints.map(({ name, host, port }) => ({ name, host, port })),
        minKraftVersion: voter.kRaftVersionFeature.minSupportedVersion,
        maxKraftVersion: voter.kRaftVersionFeature.maxSupportedVersion,
      }));
      return { kind: 'voters', voters };
    }
    case controlRecordType.snapshotHeader: {
      const { lastContainedLogTimestamp } = decodeSnapshotHeaderRecord(reader, 0);
      return { kind: 'snapshot-header', lastContainedLogTimestampMs: Number(lastContainedLogTimestamp) };
    }
    case controlRecordType.snapshotFooter:
      return { kind: 'snapshot-footer' };
    default:
      return null;
  }
}

/** A batch of the log as the Raft machine sees it. Throws MetadataCorruptError or ProtocolError. */
export function replicatedBatch(bytes: Uint8Array): ReplicatedBatch {
  const control = batchIsControl(bytes, 0)
    ? readControlBatch(bytes, 0).map((record) => (record === null || isOfSnapshot(record) ? other : record))
    : null;
  return {
    baseOffset: batchBaseOffset(bytes, 0),
    lastOffset: batchLastOffset(bytes, 0),
    epoch: batchPartitionLeaderEpoch(bytes, 0),
    control,
    bytes,
  };
}

const other: ControlRecord = { kind: 'other' };

function isOfSnapshot(record: ControlRecord | SnapshotControlRecord): record is SnapshotControlRecord {
  return record.kind === 'snapshot-header' || record.kind === 'snapshot-footer';
}

/** Makes batches of metadata records. */
export class MetadataBatchWriter {
  readonly #checksum: Checksum;
  readonly #codec: MetadataRecordCodec;
  readonly #writer = new Writer();

  constructor(checksum: Checksum, codec: MetadataRecordCodec) {
    this.#checksum = checksum;
    this.#codec = codec;
  }

  /** Null where the records take more than `maxBytes`. */
  batch(place: BatchPlace, records: readonly MetadataRecord[], maxBytes: number): Uint8Array | null {
    const open = this.open(place);
    for (const record of records) {
      open.append(record);
      if (open.sizeBytes > maxBytes) return null;
    }
    return open.build();
  }

  open(place: BatchPlace): OpenMetadataBatch {
    const builder = new BatchBuilder({ baseOffset: place.baseOffset, partitionLeaderEpoch: place.epoch });
    const codec = this.#codec;
    const writer = this.#writer;
    const checksum = this.#checksum;
    return {
      append(record) {
        writer.reset();
        codec.encode(writer, record);
        builder.append(place.timestampMs, null, writer.toBytes());
      },
      get sizeBytes() {
        return builder.sizeBytes;
      },
      get count() {
        return builder.recordCount;
      },
      build: () => builder.build(checksum),
    };
  }
}

export interface OpenMetadataBatch {
  append(record: MetadataRecord): void;
  readonly sizeBytes: number;
  readonly count: number;
  build(): Uint8Array;
}

/** Decodes each record of a batch of data. Throws MetadataCorruptError or ProtocolError. */
export function replayMetadataBatch(
  codec: MetadataRecordCodec,
  bytes: Uint8Array,
  at: number,
  replay: (record: MetadataRecord, offsetDelta: number) => void,
): void {
  forEachRecord(bytes, at, (cursor) => {
    if (cursor.valueLength < 0) throw new MetadataCorruptError('a metadata record without a value');
    const reader = new Reader(bytes, cursor.valueAt, cursor.valueAt + cursor.valueLength);
    replay(codec.decode(reader), cursor.offsetDelta);
  });
}

function forEachRecord(bytes: Uint8Array, at: number, use: (cursor: RecordCursor) => void): void {
  const cursor = new RecordCursor();
  cursor.openBatch(bytes, at);
  while (cursor.next()) use(cursor);
  if (cursor.fault !== null) throw new MetadataCorruptError(`a metadata batch is broken: ${cursor.fault}`);
}
