// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 67;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AllocateProducerIdsRequest {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+, default -1 */
  brokerEpoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAllocateProducerIdsRequest(reader: Reader, version: number): AllocateProducerIdsRequest;
export declare function encodeAllocateProducerIdsRequest(writer: Writer, message: Init<AllocateProducerIdsRequest>, version: number): void;
export { decodeAllocateProducerIdsRequest as decode, encodeAllocateProducerIdsRequest as encode };
