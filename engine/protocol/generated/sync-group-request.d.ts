// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 14;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface SyncGroupRequest {
  /** string, versions 0+ */
  groupId: string;
  /** int32, versions 0+ */
  generationId: number;
  /** string, versions 0+ */
  memberId: string;
  /** string, versions 3+, nullable 3+, default null */
  groupInstanceId: string | null;
  /** string, versions 5+, nullable 5+, default null */
  protocolType: string | null;
  /** string, versions 5+, nullable 5+, default null */
  protocolName: string | null;
  /** []SyncGroupRequestAssignment, versions 0+ */
  assignments: SyncGroupRequestAssignment[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface SyncGroupRequestAssignment {
  /** string, versions 0+ */
  memberId: string;
  /** bytes, versions 0+ */
  assignment: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeSyncGroupRequest(reader: Reader, version: number): SyncGroupRequest;
export declare function encodeSyncGroupRequest(writer: Writer, message: Init<SyncGroupRequest>, version: number): void;
export { decodeSyncGroupRequest as decode, encodeSyncGroupRequest as encode };
