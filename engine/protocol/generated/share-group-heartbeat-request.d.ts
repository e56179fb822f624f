// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 76;
export declare const lowestVersion: 1;
export declare const highestVersion: 1;

export interface ShareGroupHeartbeatRequest {
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0+ */
  memberId: string;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** string, versions 0+, nullable 0+, default null */
  rackId: string | null;
  /** []string, versions 0+, nullable 0+, default null */
  subscribedTopicNames: string[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareGroupHeartbeatRequest(reader: Reader, version: number): ShareGroupHeartbeatRequest;
export declare function encodeShareGroupHeartbeatRequest(writer: Writer, message: Init<ShareGroupHeartbeatRequest>, version: number): void;
export { decodeShareGroupHeartbeatRequest as decode, encodeShareGroupHeartbeatRequest as encode };
