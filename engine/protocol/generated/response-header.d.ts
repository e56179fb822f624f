// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ResponseHeader {
  /** int32, versions 0+ */
  correlationId: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeResponseHeader(reader: Reader, version: number): ResponseHeader;
export declare function encodeResponseHeader(writer: Writer, message: Init<ResponseHeader>, version: number): void;
export { decodeResponseHeader as decode, encodeResponseHeader as encode };
