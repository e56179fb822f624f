// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 3;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupMetadataValue {
  /** int32, versions 0+ */
  epoch: number;
  /** int64, versions 0+, tag 0, default 0 */
  metadataHash: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupMetadataValue(reader: Reader, version: number): ConsumerGroupMetadataValue;
export declare function encodeConsumerGroupMetadataValue(writer: Writer, message: Init<ConsumerGroupMetadataValue>, version: number): void;
export { decodeConsumerGroupMetadataValue as decode, encodeConsumerGroupMetadataValue as encode };
