// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 0;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeLegacyOffsetCommitValue as decode, encodeLegacyOffsetCommitValue as encode };

export function decodeLegacyOffsetCommitValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('LegacyOffsetCommitValue', v);
  return {
    offset: r.int64(),
    metadata: r.string(false),
    commitTimestamp: r.int64(),
  };
}

export function encodeLegacyOffsetCommitValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('LegacyOffsetCommitValue', v);
  w.int64(m.offset ?? 0n);
  w.string(m.metadata ?? '', false);
  w.int64(m.commitTimestamp ?? 0n);
}
