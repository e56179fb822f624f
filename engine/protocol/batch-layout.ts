/**
 * Byte positions in a record batch of magic 2 (Kafka protocol documentation, "Record Batch"). The first 12 bytes are
 * the log overhead; the checksum covers everything from `attributes` on.
 */
export const batchLayout = {
  baseOffset: 0,
  batchLength: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
  records: 61,
} as const;

/** Bytes before `partitionLeaderEpoch`, which `batchLength` does not count. */
export const logOverheadBytes = 12;
export const batchHeaderBytes = 61;

/** Bits of `attributes`. */
export const batchAttributes = {
  codecMask: 0x07,
  logAppendTime: 0x08,
  transactional: 0x10,
  control: 0x20,
  deleteHorizon: 0x40,
} as const;
