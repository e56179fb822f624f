// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 14;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface SyncGroupResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 5+, nullable 5+, default null */
  protocolType: string | null;
  /** string, versions 5+, nullable 5+, default null */
  protocolName: string | null;
  /** bytes, versions 0+ */
  assignment: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeSyncGroupResponse(reader: Reader, version: number): SyncGroupResponse;
export declare function encodeSyncGroupResponse(writer: Writer, message: Init<SyncGroupResponse>, version: number): void;
export { decodeSyncGroupResponse as decode, encodeSyncGroupResponse as encode };
