// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 35;
export declare const lowestVersion: 1;
export declare const highestVersion: 5;

export interface DescribeLogDirsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 3+ */
  errorCode: number;
  /** []DescribeLogDirsResult, versions 0+ */
  results: DescribeLogDirsResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeLogDirsPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int64, versions 0+ */
  partitionSize: bigint;
  /** int64, versions 0+ */
  offsetLag: bigint;
  /** bool, versions 0+ */
  isFutureKey: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeLogDirsTopic {
  /** string, versions 0+ */
  name: string;
  /** []DescribeLogDirsPartition, versions 0+ */
  partitions: DescribeLogDirsPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeLogDirsResult {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+ */
  logDir: string;
  /** []DescribeLogDirsTopic, versions 0+ */
  topics: DescribeLogDirsTopic[];
  /** int64, versions 4+, default -1 */
  totalBytes: bigint;
  /** int64, versions 4+, default -1 */
  usableBytes: bigint;
  /** bool, versions 5+, default false */
  isCordoned: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeLogDirsResponse(reader: Reader, version: number): DescribeLogDirsResponse;
export declare function encodeDescribeLogDirsResponse(writer: Writer, message: Init<DescribeLogDirsResponse>, version: number): void;
export { decodeDescribeLogDirsResponse as decode, encodeDescribeLogDirsResponse as encode };
