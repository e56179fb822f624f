// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 60;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDescribeClusterRequest as decode, encodeDescribeClusterRequest as encode };

export function decodeDescribeClusterRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeClusterRequest', v);
  return {
    includeClusterAuthorizedOperations: r.bool(),
    endpointType: v >= 1 ? r.int8() : 1,
    includeFencedBrokers: v >= 2 ? r.bool() : false,
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeClusterRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeClusterRequest', v);
  w.bool(m.includeClusterAuthorizedOperations ?? false);
  if (v >= 1) { w.int8(m.endpointType ?? 1); }
  else if ((m.endpointType !== undefined && m.endpointType !== 1)) refuseField('DescribeClusterRequest', 'endpointType', v);
  if (v >= 2) { w.bool(m.includeFencedBrokers ?? false); }
  else if ((m.includeFencedBrokers !== undefined && m.includeFencedBrokers !== false)) refuseField('DescribeClusterRequest', 'includeFencedBrokers', v);
  w.unknownTags(m.unknownTaggedFields);
}
