// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 37;
export declare const lowestVersion: 0;
export declare const highestVersion: 3;

export interface CreatePartitionsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []CreatePartitionsTopicResult, versions 0+ */
  results: CreatePartitionsTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatePartitionsTopicResult {
  /** string, versions 0+ */
  name: string;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeCreatePartitionsResponse(reader: Reader, version: number): CreatePartitionsResponse;
export declare function encodeCreatePartitionsResponse(writer: Writer, message: Init<CreatePartitionsResponse>, version: number): void;
export { decodeCreatePartitionsResponse as decode, encodeCreatePartitionsResponse as encode };
