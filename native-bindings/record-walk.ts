import { type RecordWalk, recordFaults } from '../engine/base/record-walk.ts';
import { nativeRecords } from './native-records.ts';

function overNative(native: NonNullable<typeof nativeRecords>): RecordWalk {
  const found = native.walked;
  const walked = { minTimestampDelta: 0, maxTimestampDelta: 0, nullKeys: 0 };
  return {
    walked,
    walk(bytes, start, end, count) {
      const fault = native.walk(bytes, start, end, count);
      if (fault !== 0) return recordFaults[fault]!;
      walked.minTimestampDelta = found[0]!;
      walked.maxTimestampDelta = found[1]!;
      walked.nullKeys = found[2]!;
      return null;
    },
  };
}

/** Undefined where records.c was not built: the plain twin is engine/log/validation/walk-records.ts. */
export const recordWalk: RecordWalk | undefined = nativeRecords === null ? undefined : overNative(nativeRecords);
