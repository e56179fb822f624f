// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 15;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ProducerIdsRecord {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+, default -1 */
  brokerEpoch: bigint;
  /** int64, versions 0+ */
  nextProducerId: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeProducerIdsRecord(reader: Reader, version: number): ProducerIdsRecord;
export declare function encodeProducerIdsRecord(writer: Writer, message: Init<ProducerIdsRecord>, version: number): void;
export { decodeProducerIdsRecord as decode, encodeProducerIdsRecord as encode };
