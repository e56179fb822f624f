// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 80;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface AddRaftVoterResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAddRaftVoterResponse(reader: Reader, version: number): AddRaftVoterResponse;
export declare function encodeAddRaftVoterResponse(writer: Writer, message: Init<AddRaftVoterResponse>, version: number): void;
export { decodeAddRaftVoterResponse as decode, encodeAddRaftVoterResponse as encode };
