// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 0;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeLegacyOffsetCommitKey as decode, encodeLegacyOffsetCommitKey as encode };

export function decodeLegacyOffsetCommitKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('LegacyOffsetCommitKey', v);
  return {
    group: r.string(false),
    topic: r.string(false),
    partition: r.int32(),
  };
}

export function encodeLegacyOffsetCommitKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('LegacyOffsetCommitKey', v);
  w.string(m.group ?? '', false);
  w.string(m.topic ?? '', false);
  w.int32(m.partition ?? 0);
}
