// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 64;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface UnregisterBrokerRequest {
  /** int32, versions 0+ */
  brokerId: NodeId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUnregisterBrokerRequest(reader: Reader, version: number): UnregisterBrokerRequest;
export declare function encodeUnregisterBrokerRequest(writer: Writer, message: Init<UnregisterBrokerRequest>, version: number): void;
export { decodeUnregisterBrokerRequest as decode, encodeUnregisterBrokerRequest as encode };
