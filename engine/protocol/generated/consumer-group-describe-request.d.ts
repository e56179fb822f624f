// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 69;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ConsumerGroupDescribeRequest {
  /** []string, versions 0+ */
  groupIds: string[];
  /** bool, versions 0+ */
  includeAuthorizedOperations: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupDescribeRequest(reader: Reader, version: number): ConsumerGroupDescribeRequest;
export declare function encodeConsumerGroupDescribeRequest(writer: Writer, message: Init<ConsumerGroupDescribeRequest>, version: number): void;
export { decodeConsumerGroupDescribeRequest as decode, encodeConsumerGroupDescribeRequest as encode };
