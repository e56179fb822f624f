// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 11;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupMetadataValue {
  /** int32, versions 0+ */
  epoch: number;
  /** int64, versions 0+ */
  metadataHash: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareGroupMetadataValue(reader: Reader, version: number): ShareGroupMetadataValue;
export declare function encodeShareGroupMetadataValue(writer: Writer, message: Init<ShareGroupMetadataValue>, version: number): void;
export { decodeShareGroupMetadataValue as decode, encodeShareGroupMetadataValue as encode };
