// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 1;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareUpdateKey as decode, encodeShareUpdateKey as encode };

export function decodeShareUpdateKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareUpdateKey', v);
  return {
    groupId: r.string(false),
    topicId: r.uuid(),
    partition: r.int32(),
  };
}

export function encodeShareUpdateKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareUpdateKey', v);
  w.string(m.groupId ?? '', false);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int32(m.partition ?? 0);
}
