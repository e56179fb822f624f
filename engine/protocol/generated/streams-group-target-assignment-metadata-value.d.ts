// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 20;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupTargetAssignmentMetadataValue {
  /** int32, versions 0+ */
  assignmentEpoch: number;
  /** int64, versions 0+, tag 0, default 0 */
  assignmentTimestamp: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupTargetAssignmentMetadataValue(reader: Reader, version: number): StreamsGroupTargetAssignmentMetadataValue;
export declare function encodeStreamsGroupTargetAssignmentMetadataValue(writer: Writer, message: Init<StreamsGroupTargetAssignmentMetadataValue>, version: number): void;
export { decodeStreamsGroupTargetAssignmentMetadataValue as decode, encodeStreamsGroupTargetAssignmentMetadataValue as encode };
