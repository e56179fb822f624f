// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 6;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupTargetAssignmentMetadataValue {
  /** int32, versions 0+ */
  assignmentEpoch: number;
  /** int64, versions 0+, tag 0, default 0 */
  assignmentTimestamp: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupTargetAssignmentMetadataValue(reader: Reader, version: number): ConsumerGroupTargetAssignmentMetadataValue;
export declare function encodeConsumerGroupTargetAssignmentMetadataValue(writer: Writer, message: Init<ConsumerGroupTargetAssignmentMetadataValue>, version: number): void;
export { decodeConsumerGroupTargetAssignmentMetadataValue as decode, encodeConsumerGroupTargetAssignmentMetadataValue as encode };
