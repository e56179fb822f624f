// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 11;
export declare const lowestVersion: 0;
export declare const highestVersion: 9;

export interface JoinGroupRequest {
  /** string, versions 0+ */
  groupId: string;
  /** int32, versions 0+ */
  sessionTimeoutMs: number;
  /** int32, versions 1+, default -1 */
  rebalanceTimeoutMs: number;
  /** string, versions 0+ */
  memberId: string;
  /** string, versions 5+, nullable 5+, default null */
  groupInstanceId: string | null;
  /** string, versions 0+ */
  protocolType: string;
  /** []JoinGroupRequestProtocol, versions 0+ */
  protocols: JoinGroupRequestProtocol[];
  /** string, versions 8+, nullable 8+, default null */
  reason: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface JoinGroupRequestProtocol {
  /** string, versions 0+ */
  name: string;
  /** bytes, versions 0+ */
  metadata: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeJoinGroupRequest(reader: Reader, version: number): JoinGroupRequest;
export declare function encodeJoinGroupRequest(writer: Writer, message: Init<JoinGroupRequest>, version: number): void;
export { decodeJoinGroupRequest as decode, encodeJoinGroupRequest as encode };
