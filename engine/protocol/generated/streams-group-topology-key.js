// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 23;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupTopologyKey as decode, encodeStreamsGroupTopologyKey as encode };

export function decodeStreamsGroupTopologyKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTopologyKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeStreamsGroupTopologyKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTopologyKey', v);
  w.string(m.groupId ?? '', false);
}
