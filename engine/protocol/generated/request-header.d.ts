// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface RequestHeader {
  /** int16, versions 0+ */
  requestApiKey: number;
  /** int16, versions 0+ */
  requestApiVersion: number;
  /** int32, versions 0+ */
  correlationId: number;
  /** string, versions 1+, nullable 1+ */
  clientId: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRequestHeader(reader: Reader, version: number): RequestHeader;
export declare function encodeRequestHeader(writer: Writer, message: Init<RequestHeader>, version: number): void;
export { decodeRequestHeader as decode, encodeRequestHeader as encode };
