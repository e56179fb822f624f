// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 89;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupDescribeRequest {
  /** []string, versions 0+ */
  groupIds: string[];
  /** bool, versions 0+ */
  includeAuthorizedOperations: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupDescribeRequest(reader: Reader, version: number): StreamsGroupDescribeRequest;
export declare function encodeStreamsGroupDescribeRequest(writer: Writer, message: Init<StreamsGroupDescribeRequest>, version: number): void;
export { decodeStreamsGroupDescribeRequest as decode, encodeStreamsGroupDescribeRequest as encode };
