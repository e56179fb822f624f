// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 67;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAllocateProducerIdsResponse as decode, encodeAllocateProducerIdsResponse as encode };

export function decodeAllocateProducerIdsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AllocateProducerIdsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    producerIdStart: r.int64(),
    producerIdLen: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAllocateProducerIdsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AllocateProducerIdsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int64(m.producerIdStart ?? 0n);
  w.int32(m.producerIdLen ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
