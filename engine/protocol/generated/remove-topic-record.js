// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 9;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoveTopicRecord as decode, encodeRemoveTopicRecord as encode };

export function decodeRemoveTopicRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveTopicRecord', v);
  return {
    topicId: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoveTopicRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveTopicRecord', v);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}
