// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 12;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface HeartbeatRequest {
  /** string, versions 0+ */
  groupId: string;
  /** int32, versions 0+ */
  generationId: number;
  /** string, versions 0+ */
  memberId: string;
  /** string, versions 3+, nullable 3+, default null */
  groupInstanceId: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeHeartbeatRequest(reader: Reader, version: number): HeartbeatRequest;
export declare function encodeHeartbeatRequest(writer: Writer, message: Init<HeartbeatRequest>, version: number): void;
export { decodeHeartbeatRequest as decode, encodeHeartbeatRequest as encode };
