// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 65;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeTransactionsRequest {
  /** []string, versions 0+ */
  transactionalIds: string[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeTransactionsRequest(reader: Reader, version: number): DescribeTransactionsRequest;
export declare function encodeDescribeTransactionsRequest(writer: Writer, message: Init<DescribeTransactionsRequest>, version: number): void;
export { decodeDescribeTransactionsRequest as decode, encodeDescribeTransactionsRequest as encode };
