/**
 * Keys and values of control records (KIP-98, KIP-595, KIP-630, KIP-853): written by leaders and transaction
 * coordinators, never by clients. The values of all but the end-of-transaction markers are schema-coded messages.
 */
import { readInt16, readInt32, writeInt16, writeInt32 } from './big-endian.ts';

export const controlRecordType = {
  abort: 0,
  commit: 1,
  leaderChange: 2,
  snapshotHeader: 3,
  snapshotFooter: 4,
  kraftVersion: 5,
  kraftVoters: 6,
} as const;
export type ControlRecordType = (typeof controlRecordType)[keyof typeof controlRecordType];

const controlKeyBytes = 4;
const endTxnMarkerBytes = 6;

/** The key of a control record: its version, 0, and the type. */
export function controlRecordKey(type: ControlRecordType): Uint8Array {
  const key = new Uint8Array(controlKeyBytes);
  writeInt16(key, 2, type);
  return key;
}

/** The type that a control record's key names; -1 when it is no such key. Types unknown to us are answered as they are. */
export function readControlRecordType(bytes: Uint8Array, keyAt: number, keyLength: number): number {
  if (keyLength < controlKeyBytes || readInt16(bytes, keyAt) < 0) return -1;
  const type = readInt16(bytes, keyAt + 2);
  return type < 0 ? -1 : type;
}

/** The value of an abort or commit marker: version 0 and the transaction coordinator's epoch. */
export function endTxnMarkerValue(coordinatorEpoch: number): Uint8Array {
  const value = new Uint8Array(endTxnMarkerBytes);
  writeInt32(value, 2, coordinatorEpoch);
  return value;
}

/** The coordinator epoch of an abort or commit marker; null when the value is none. */
export function readEndTxnMarkerEpoch(bytes: Uint8Array, valueAt: number, valueLength: number): number | null {
  if (valueLength < endTxnMarkerBytes || readInt16(bytes, valueAt) < 0) return null;
  return readInt32(bytes, valueAt + 2);
}
