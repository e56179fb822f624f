// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 16;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupRegularExpressionValue as decode, encodeConsumerGroupRegularExpressionValue as encode };

export function decodeConsumerGroupRegularExpressionValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupRegularExpressionValue', v);
  return {
    topics: r.list(readCompactString, v, true, 1),
    version: r.int64(),
    timestamp: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeConsumerGroupRegularExpressionValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupRegularExpressionValue', v);
  w.list(m.topics ?? emptyList, writeCompactString, v, true);
  w.int64(m.version ?? 0n);
  w.int64(m.timestamp ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
