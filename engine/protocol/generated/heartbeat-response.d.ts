// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 12;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface HeartbeatResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeHeartbeatResponse(reader: Reader, version: number): HeartbeatResponse;
export declare function encodeHeartbeatResponse(writer: Writer, message: Init<HeartbeatResponse>, version: number): void;
export { decodeHeartbeatResponse as decode, encodeHeartbeatResponse as encode };
