// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 2;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface GroupMetadataValue {
  /** string, versions 0+ */
  protocolType: string;
  /** int32, versions 0+ */
  generation: number;
  /** string, versions 0+, nullable 0+ */
  protocol: string | null;
  /** string, versions 0+, nullable 0+ */
  leader: string | null;
  /** int64, versions 2+, default -1 */
  currentStateTimestamp: bigint;
  /** []MemberMetadata, versions 0+ */
  members: MemberMetadata[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface MemberMetadata {
  /** string, versions 0+ */
  memberId: string;
  /** string, versions 3+, nullable 3+, default null */
  groupInstanceId: string | null;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** int32, versions 1+, default -1 */
  rebalanceTimeout: number;
  /** int32, versions 0+ */
  sessionTimeout: number;
  /** bytes, versions 0+ */
  subscription: Uint8Array;
  /** bytes, versions 0+ */
  assignment: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeGroupMetadataValue(reader: Reader, version: number): GroupMetadataValue;
export declare function encodeGroupMetadataValue(writer: Writer, message: Init<GroupMetadataValue>, version: number): void;
export { decodeGroupMetadataValue as decode, encodeGroupMetadataValue as encode };
