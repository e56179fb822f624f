// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 65;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeTransactionsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []TransactionState, versions 0+ */
  transactionStates: TransactionState[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** string, versions 0+ */
  topic: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TransactionState {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+ */
  transactionalId: string;
  /** string, versions 0+ */
  transactionState: string;
  /** int32, versions 0+ */
  transactionTimeoutMs: number;
  /** int64, versions 0+ */
  transactionStartTimeMs: bigint;
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** int16, versions 0+ */
  producerEpoch: number;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeTransactionsResponse(reader: Reader, version: number): DescribeTransactionsResponse;
export declare function encodeDescribeTransactionsResponse(writer: Writer, message: Init<DescribeTransactionsResponse>, version: number): void;
export { decodeDescribeTransactionsResponse as decode, encodeDescribeTransactionsResponse as encode };
