import { batchSizeBytes } from '../protocol/records/batch-view.ts';
import {
  controlRecordType,
  readControlRecordType,
  readEndTxnMarkerEpoch,
} from '../protocol/records/control-records.ts';
import { RecordCursor } from '../protocol/records/record-cursor.ts';

export interface EndTransactionMarker {
  readonly isAbort: boolean;
  readonly coordinatorEpoch: number;
}

/**
 * The marker in a control batch, or null when its first record is no end-of-transaction marker, or the batch is empty:
 * the cleaner leaves those behind.
 */
export function readEndTransactionMarker(bytes: Uint8Array, at: number): EndTransactionMarker | null {
  if (at + batchSizeBytes(bytes, at) > bytes.length) return null;
  const cursor = new RecordCursor();
  cursor.openBatch(bytes, at);
  if (!cursor.next()) return null;
  const type = readControlRecordType(cursor.bytes, cursor.keyAt, cursor.keyLength);
  if (type !== controlRecordType.abort && type !== controlRecordType.commit) return null;
  const coordinatorEpoch = readEndTxnMarkerEpoch(cursor.bytes, cursor.valueAt, cursor.valueLength);
  return coordinatorEpoch === null ? null : { isAbort: type === controlRecordType.abort, coordinatorEpoch };
}
