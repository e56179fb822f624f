// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface TransactionLogValue {
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** int64, versions 1+, tag 0, default -1 */
  previousProducerId: bigint;
  /** int64, versions 1+, tag 1, default -1 */
  nextProducerId: bigint;
  /** int16, versions 0+ */
  producerEpoch: number;
  /** int16, versions 1+, tag 3, default -1 */
  nextProducerEpoch: number;
  /** int32, versions 0+ */
  transactionTimeoutMs: number;
  /** int8, versions 0+ */
  transactionStatus: number;
  /** []PartitionsSchema, versions 0+, nullable 0+ */
  transactionPartitions: PartitionsSchema[] | null;
  /** int64, versions 0+ */
  transactionLastUpdateTimestampMs: bigint;
  /** int64, versions 0+ */
  transactionStartTimestampMs: bigint;
  /** int16, versions 1+, tag 2, default 0 */
  clientTransactionVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionsSchema {
  /** string, versions 0+ */
  topic: string;
  /** []int32, versions 0+ */
  partitionIds: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeTransactionLogValue(reader: Reader, version: number): TransactionLogValue;
export declare function encodeTransactionLogValue(writer: Writer, message: Init<TransactionLogValue>, version: number): void;
export { decodeTransactionLogValue as decode, encodeTransactionLogValue as encode };
