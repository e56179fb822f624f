// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface TransactionLogKey {
  /** string, versions 0 */
  transactionalId: string;
}

export declare function decodeTransactionLogKey(reader: Reader, version: number): TransactionLogKey;
export declare function encodeTransactionLogKey(writer: Writer, message: Init<TransactionLogKey>, version: number): void;
export { decodeTransactionLogKey as decode, encodeTransactionLogKey as encode };
