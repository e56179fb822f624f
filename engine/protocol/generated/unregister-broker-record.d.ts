// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 1;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface UnregisterBrokerRecord {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+ */
  brokerEpoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUnregisterBrokerRecord(reader: Reader, version: number): UnregisterBrokerRecord;
export declare function encodeUnregisterBrokerRecord(writer: Writer, message: Init<UnregisterBrokerRecord>, version: number): void;
export { decodeUnregisterBrokerRecord as decode, encodeUnregisterBrokerRecord as encode };
