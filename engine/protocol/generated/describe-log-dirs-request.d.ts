// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 35;
export declare const lowestVersion: 1;
export declare const highestVersion: 5;

export interface DescribeLogDirsRequest {
  /** []DescribableLogDirTopic, versions 0+, nullable 0+ */
  topics: DescribableLogDirTopic[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribableLogDirTopic {
  /** string, versions 0+ */
  topic: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeLogDirsRequest(reader: Reader, version: number): DescribeLogDirsRequest;
export declare function encodeDescribeLogDirsRequest(writer: Writer, message: Init<DescribeLogDirsRequest>, version: number): void;
export { decodeDescribeLogDirsRequest as decode, encodeDescribeLogDirsRequest as encode };
