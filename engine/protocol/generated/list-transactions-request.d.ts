// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 66;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface ListTransactionsRequest {
  /** []string, versions 0+ */
  stateFilters: string[];
  /** []int64, versions 0+ */
  producerIdFilters: bigint[];
  /** int64, versions 1+, default -1 */
  durationFilter: bigint;
  /** string, versions 2+, nullable 2+, default null */
  transactionalIdPattern: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListTransactionsRequest(reader: Reader, version: number): ListTransactionsRequest;
export declare function encodeListTransactionsRequest(writer: Writer, message: Init<ListTransactionsRequest>, version: number): void;
export { decodeListTransactionsRequest as decode, encodeListTransactionsRequest as encode };
