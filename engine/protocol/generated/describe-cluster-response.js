// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 60;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDescribeClusterResponse as decode, encodeDescribeClusterResponse as encode };

export function decodeDescribeClusterResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeClusterResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    endpointType: v >= 1 ? r.int8() : 1,
    clusterId: r.string(true),
    controllerId: r.int32(),
    brokers: r.list(readDescribeClusterBroker, v, true, 11),
    clusterAuthorizedOperations: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeClusterBroker(r, v) {
  return {
    brokerId: r.int32(),
    host: r.string(true),
    port: r.int32(),
    rack: r.nullableString(true),
    isFenced: v >= 2 ? r.bool() : false,
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeClusterResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeClusterResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  if (v >= 1) { w.int8(m.endpointType ?? 1); }
  else if ((m.endpointType !== undefined && m.endpointType !== 1)) refuseField('DescribeClusterResponse', 'endpointType', v);
  w.string(m.clusterId ?? '', true);
  w.int32(m.controllerId ?? -1);
  w.list(m.brokers ?? emptyList, writeDescribeClusterBroker, v, true);
  w.int32(m.clusterAuthorizedOperations ?? -2147483648);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeClusterBroker(w, m, v) {
  w.int32(m.brokerId ?? 0);
  w.string(m.host ?? '', true);
  w.int32(m.port ?? 0);
  w.nullableString(m.rack ?? null, true);
  if (v >= 2) { w.bool(m.isFenced ?? false); }
  else if ((m.isFenced !== undefined && m.isFenced !== false)) refuseField('DescribeClusterBroker', 'isFenced', v);
  w.unknownTags(m.unknownTaggedFields);
}
