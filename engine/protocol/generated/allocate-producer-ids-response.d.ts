// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 67;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AllocateProducerIdsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 0+ */
  producerIdStart: bigint;
  /** int32, versions 0+ */
  producerIdLen: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAllocateProducerIdsResponse(reader: Reader, version: number): AllocateProducerIdsResponse;
export declare function encodeAllocateProducerIdsResponse(writer: Writer, message: Init<AllocateProducerIdsResponse>, version: number): void;
export { decodeAllocateProducerIdsResponse as decode, encodeAllocateProducerIdsResponse as encode };
