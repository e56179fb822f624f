/**
 * Batches that no proper producer sends, each with the answer of Apache Kafka 4.3.1 and, where it differs on purpose,
 * ours. The table is held against both.
 */
import { batchAttributes, batchHeaderBytes, batchLayout } from '../../engine/protocol/batch-layout.ts';
import { sealBatch } from '../../engine/protocol/records/batch-view.ts';
import { writeInt16, writeInt32, writeInt64 } from '../../engine/protocol/records/big-endian.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compressedCases } from './hostile-compressed.ts';
import { recordCases } from './hostile-records.ts';
import { builderWith, plainRecords, type SampleRecord } from './record-samples.ts';

export const hostileTopics = {
  plain: {},
  compacted: { 'cleanup.policy': 'compact' },
  'append-time': { 'message.timestamp.type': 'LogAppendTime' },
  small: { 'max.message.bytes': '500' },
  segment: { 'max.message.bytes': '3000000', 'segment.bytes': '1048576' },
  before: { 'message.timestamp.before.max.ms': '40000' },
  gzipped: { 'compression.type': 'gzip' },
  uncompressed: { 'compression.type': 'uncompressed' },
} as const;
export type HostileTopic = keyof typeof hostileTopics;

export interface HostileCase {
  readonly name: string;
  readonly topic: HostileTopic;
  readonly bytes: Uint8Array;
  /** Apache's answer. */
  readonly apache: number;
  /** Our answer. */
  readonly ours: number;
  /** Indices of the records that are named in the answer. */
  readonly recordErrors: readonly number[];
}

export const code = {
  UNKNOWN: -1,
  OK: 0,
  CORRUPT: 2,
  TOO_LARGE: 10,
  LIST_TOO_LARGE: 18,
  TIMESTAMP: 32,
  NOT_AUTHORIZED: 53,
  INVALID: 87,
} as const;

/** [name, bytes, Apache's code, our code if another, indices of record errors] */
export type CaseRow = readonly [string, Uint8Array, number, number?, (readonly number[])?];

export function onTopic(topic: HostileTopic, rows: readonly CaseRow[]): HostileCase[] {
  return rows.map(([name, bytes, apache, ours = apache, recordErrors = []]) => {
    return { name: `${name} (${topic})`, topic, bytes, apache, ours, recordErrors };
  });
}

type Change = (bytes: Uint8Array) => void;

export function hostileCases(nowMs: number): HostileCase[] {
  return [
    ...frameCases(nowMs),
    ...headerCases(nowMs),
    ...attributeCases(nowMs),
    ...timestampCases(nowMs),
    ...keyCases(nowMs),
    ...sizeCases(nowMs),
    ...recordCases(nowMs),
    ...compressedCases(nowMs),
  ];
}

export function batchOf(records: readonly SampleRecord[]): Uint8Array {
  return builderWith(records).build(checksum).slice();
}

/** A batch with something changed and the checksum right. */
export function sealed(batch: Uint8Array, change: Change): Uint8Array {
  change(batch);
  sealBatch(batch, 0, checksum);
  return batch;
}

function unsealed(batch: Uint8Array, change: Change): Uint8Array {
  change(batch);
  return batch;
}

/** What comes is not exactly one batch of magic 2 with a good checksum. */
function frameCases(nowMs: number): HostileCase[] {
  const whole = () => batchOf(plainRecords(3, 100, nowMs));
  const { length } = whole();
  const byte = (at: number, value: number) => unsealed(whole(), (bytes) => (bytes[at] = value));
  const claim = (size: number) => unsealed(whole(), (bytes) => writeInt32(bytes, batchLayout.batchLength, size));
  const followedBy = (tail: Uint8Array) => Buffer.concat([whole(), tail]);
  return onTopic('plain', [
    ['fine', whole(), code.OK],
    ['nothing', new Uint8Array(0), code.INVALID],
    ['seven bytes', new Uint8Array(7), code.INVALID],
    ['twelve zeros', new Uint8Array(12), code.CORRUPT],
    ['sixteen bytes', whole().subarray(0, 16), code.INVALID],
    ['header cut short', whole().subarray(0, 40), code.INVALID],
    ['last byte missing', whole().subarray(0, length - 1), code.INVALID],
    ['a few bytes too many', followedBy(new Uint8Array(5)), code.OK],
    ['sixteen zeros too many', followedBy(new Uint8Array(16)), code.CORRUPT],
    ['seventeen zeros too many', followedBy(new Uint8Array(17)), code.CORRUPT],
    ['a second batch, cut short', followedBy(whole().subarray(0, 100)), code.OK],
    ['two batches', followedBy(whole()), code.INVALID],
    ['magic 0', byte(16, 0), code.INVALID],
    ['magic 1', byte(16, 1), code.INVALID],
    ['magic 3', byte(16, 3), code.CORRUPT],
    ['magic -1', byte(16, 255), code.CORRUPT],
    ['crc', byte(17, whole()[17] ^ 1), code.CORRUPT],
    ['a byte changed', byte(100, whole()[100] ^ 1), code.CORRUPT],
    ['length 13', claim(13), code.CORRUPT],
    ['length 14', claim(14), code.CORRUPT],
    ['length 48', claim(48), code.CORRUPT],
    ['length 49', claim(49), code.CORRUPT],
    ['length -1', claim(-1), code.CORRUPT],
    // Apache's sum of the length overflows.
    ['length 2^31 - 1', claim(0x7fff_ffff), code.UNKNOWN, code.INVALID],
    ['one byte longer', claim(length - 11), code.INVALID],
    ['one byte shorter', claim(length - 13), code.CORRUPT],
  ]);
}

/** Offsets, counts, producer ids. */
function headerCases(nowMs: number): HostileCase[] {
  const records = plainRecords(3, 100, nowMs);
  const built = (options: Parameters<typeof builderWith>[1]) => builderWith(records, options).build(checksum);
  const counted = (count: number, lastOffsetDelta: number, of = batchOf(records)) =>
    sealed(of, (bytes) => {
      writeInt32(bytes, batchLayout.recordCount, count);
      writeInt32(bytes, batchLayout.lastOffsetDelta, lastOffsetDelta);
    });
  const empty = () =>
    unsealed(batchOf(records).slice(0, batchHeaderBytes), (bytes) => writeInt32(bytes, batchLayout.batchLength, 49));
  return onTopic('plain', [
    ['base offset 1', built({ baseOffset: 1 }), code.INVALID],
    ['base offset -1', built({ baseOffset: -1 }), code.INVALID],
    ['leader epoch 77', built({ partitionLeaderEpoch: 77 }), code.OK],
    ['count 2', counted(2, 2), code.INVALID],
    ['count 4', counted(4, 2), code.INVALID],
    ['count 0', counted(0, 2), code.INVALID],
    ['count -1', counted(-1, 2), code.INVALID],
    ['last offset delta 1', counted(3, 1), code.INVALID],
    ['last offset delta -1', counted(3, -1), code.INVALID],
    ['last offset delta -5', counted(3, -5), code.INVALID],
    ['one record more than counted', counted(2, 1), code.INVALID],
    ['one record fewer than counted', counted(4, 3), code.INVALID],
    ['2^31 - 1 records counted', counted(0x7fff_ffff, 0x7fff_fffe), code.INVALID],
    ['no records', counted(0, -1, empty()), code.INVALID],
    ['no records, delta 0', counted(0, 0, empty()), code.INVALID],
    ['producer id without sequence', built({ producerId: 5n, producerEpoch: 0, baseSequence: -1 }), code.INVALID],
    ['producer id with sequence -2', built({ producerId: 5n, producerEpoch: 0, baseSequence: -2 }), code.INVALID],
    ['producer id with epoch -1', built({ producerId: 6n, producerEpoch: -1, baseSequence: 0 }), code.OK],
    ['producer id -2', built({ producerId: -2n, producerEpoch: 0, baseSequence: 0 }), code.OK],
    ['sequence without producer id', built({ baseSequence: 3 }), code.OK],
    ['epoch without producer id', built({ producerEpoch: 3 }), code.OK],
  ]);
}

function attributeCases(nowMs: number): HostileCase[] {
  const whole = () => batchOf(plainRecords(3, 100, nowMs));
  const attributes = (bits: number, batch = whole()) =>
    sealed(batch, (bytes) => writeInt16(bytes, batchLayout.attributes, bits));
  const { control, deleteHorizon, logAppendTime } = batchAttributes;
  return [
    ...onTopic('plain', [
      // Apache fails on the codecs that there are not, and on bytes that are not of the codec.
      ['codec 5', attributes(5), code.UNKNOWN, code.INVALID],
      ['codec 7', attributes(7), code.UNKNOWN, code.INVALID],
      ['snappy in name only', attributes(2), code.UNKNOWN, code.INVALID],
      ['lz4 in name only', attributes(3), code.UNKNOWN, code.INVALID],
      ['zstd in name only', attributes(4), code.UNKNOWN, code.INVALID],
      ['control', attributes(control), code.INVALID],
      // It would make the base timestamp a time of deletion.
      ['delete horizon', attributes(deleteHorizon), code.OK, code.INVALID],
      ['unused bit 7', attributes(0x80), code.OK],
      ['unused bit 15', attributes(-0x8000), code.OK],
      ['append time from the client', attributes(logAppendTime), code.OK],
    ]),
    ...onTopic('append-time', [
      ['append time from the client', attributes(logAppendTime), code.TIMESTAMP, code.TIMESTAMP, [0, 1, 2]],
      ['create time', whole(), code.OK],
    ]),
  ];
}

function timestampCases(nowMs: number): HostileCase[] {
  const records = plainRecords(3, 100, nowMs);
  const second = (timestampMs: number) =>
    batchOf(records.map((record, index) => (index === 1 ? { ...record, timestampMs } : record)));
  const ahead = second(nowMs + 7_200_000);
  const maximum = (timestampMs: number) =>
    sealed(batchOf(records), (bytes) => writeInt64(bytes, batchLayout.maxTimestamp, timestampMs));
  return [
    ...onTopic('plain', [
      ['timestamp -1', second(-1), code.OK],
      ['all timestamps -1', batchOf(records.map((record) => ({ ...record, timestampMs: -1 }))), code.OK],
      ['timestamp -2', second(-2), code.OK],
      ['timestamp 0', second(0), code.OK],
      ['two hours ahead', ahead, code.TIMESTAMP, code.TIMESTAMP, [1]],
      ['max timestamp too small', maximum(5), code.OK],
      ['max timestamp -1', maximum(-1), code.OK],
      ['max timestamp far ahead', maximum(nowMs + 9_000_000), code.OK],
    ]),
    ...onTopic('append-time', [['two hours ahead', ahead, code.OK]]),
    ...onTopic('before', [
      ['a minute ago', second(nowMs - 60_000), code.TIMESTAMP, code.TIMESTAMP, [1]],
      ['all a minute ago', batchOf(plainRecords(15, 10, nowMs - 60_000)), code.TIMESTAMP, code.TIMESTAMP, range(15)],
      ['timestamp -1', second(-1), code.OK],
    ]),
  ];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function keyCases(nowMs: number): HostileCase[] {
  const records = plainRecords(3, 100, nowMs);
  const keyless = (of: readonly SampleRecord[], which: (index: number) => boolean) =>
    of.map((record, index) => (which(index) ? { ...record, key: null } : record));
  const late = keyless(records, (index) => index === 0).map((record, index) =>
    index === 1 ? { ...record, timestampMs: nowMs + 7_200_000 } : record,
  );
  return [
    ...onTopic('compacted', [
      ['null key', batchOf(keyless(records, (index) => index === 1)), code.INVALID, code.INVALID, [1]],
      ['null keys', batchOf(keyless(plainRecords(15, 10, nowMs), () => true)), code.INVALID, code.INVALID, range(15)],
      ['null key and late timestamp', batchOf(late), code.TIMESTAMP, code.TIMESTAMP, [0, 1]],
      ['empty keys', batchOf(records.map((record) => ({ ...record, key: new Uint8Array(0) }))), code.OK],
    ]),
    ...onTopic('plain', [['null keys', batchOf(keyless(records, () => true)), code.OK]]),
  ];
}

function sizeCases(nowMs: number): HostileCase[] {
  const one = (valueBytes: number) => batchOf(plainRecords(1, valueBytes, nowMs));
  const overhead = one(300).length - 300;
  const broken = unsealed(one(600), (bytes) => (bytes[batchLayout.crc] ^= 1));
  return [
    ...onTopic('small', [
      ['too large', one(600), code.TOO_LARGE],
      ['too large and broken', broken, code.TOO_LARGE],
      ['just as large as may be', one(500 - overhead), code.OK],
      ['one byte larger', one(501 - overhead), code.TOO_LARGE],
    ]),
    ...onTopic('segment', [['larger than a segment', one(1_100_000), code.LIST_TOO_LARGE]]),
  ];
}
