// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 2;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeTopicRecord as decode, encodeTopicRecord as encode };

export function decodeTopicRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('TopicRecord', v);
  return {
    name: r.string(true),
    topicId: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeTopicRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('TopicRecord', v);
  w.string(m.name ?? '', true);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}
