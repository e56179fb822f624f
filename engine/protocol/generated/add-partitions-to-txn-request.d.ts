// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 24;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface AddPartitionsToTxnRequest {
  /** []AddPartitionsToTxnTransaction, versions 4+ */
  transactions: AddPartitionsToTxnTransaction[];
  /** string, versions 0-3 */
  v3AndBelowTransactionalId: string;
  /** int64, versions 0-3 */
  v3AndBelowProducerId: bigint;
  /** int16, versions 0-3 */
  v3AndBelowProducerEpoch: number;
  /** []AddPartitionsToTxnTopic, versions 0-3 */
  v3AndBelowTopics: AddPartitionsToTxnTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AddPartitionsToTxnTransaction {
  /** string, versions 4+ */
  transactionalId: string;
  /** int64, versions 4+ */
  producerId: ProducerId;
  /** int16, versions 4+ */
  producerEpoch: number;
  /** bool, versions 4+, default false */
  verifyOnly: boolean;
  /** []AddPartitionsToTxnTopic, versions 4+ */
  topics: AddPartitionsToTxnTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AddPartitionsToTxnTopic {
  /** string, versions 0+ */
  name: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAddPartitionsToTxnRequest(reader: Reader, version: number): AddPartitionsToTxnRequest;
export declare function encodeAddPartitionsToTxnRequest(writer: Writer, message: Init<AddPartitionsToTxnRequest>, version: number): void;
export { decodeAddPartitionsToTxnRequest as decode, encodeAddPartitionsToTxnRequest as encode };
