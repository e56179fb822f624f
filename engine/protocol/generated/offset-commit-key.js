// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 1;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeOffsetCommitKey as decode, encodeOffsetCommitKey as encode };

export function decodeOffsetCommitKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('OffsetCommitKey', v);
  return {
    group: r.string(false),
    topic: r.string(false),
    partition: r.int32(),
  };
}

export function encodeOffsetCommitKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('OffsetCommitKey', v);
  w.string(m.group ?? '', false);
  w.string(m.topic ?? '', false);
  w.int32(m.partition ?? 0);
}
