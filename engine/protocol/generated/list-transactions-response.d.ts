// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 66;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface ListTransactionsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** []string, versions 0+ */
  unknownStateFilters: string[];
  /** []TransactionState, versions 0+ */
  transactionStates: TransactionState[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TransactionState {
  /** string, versions 0+ */
  transactionalId: string;
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** string, versions 0+ */
  transactionState: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListTransactionsResponse(reader: Reader, version: number): ListTransactionsResponse;
export declare function encodeListTransactionsResponse(writer: Writer, message: Init<ListTransactionsResponse>, version: number): void;
export { decodeListTransactionsResponse as decode, encodeListTransactionsResponse as encode };
