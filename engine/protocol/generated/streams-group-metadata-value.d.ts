// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 17;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupMetadataValue {
  /** int32, versions 0+ */
  epoch: number;
  /** int64, versions 0+ */
  metadataHash: bigint;
  /** int32, versions 0+, tag 0, default -1 */
  validatedTopologyEpoch: number;
  /** []LastAssignmentConfig, versions 0+, nullable 0+, tag 1 */
  lastAssignmentConfigs: LastAssignmentConfig[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface LastAssignmentConfig {
  /** string, versions 0+ */
  key: string;
  /** string, versions 0+ */
  value: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupMetadataValue(reader: Reader, version: number): StreamsGroupMetadataValue;
export declare function encodeStreamsGroupMetadataValue(writer: Writer, message: Init<StreamsGroupMetadataValue>, version: number): void;
export { decodeStreamsGroupMetadataValue as decode, encodeStreamsGroupMetadataValue as encode };
