// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 82;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface UpdateRaftVoterResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** CurrentLeader, versions 0+, tag 0 */
  currentLeader: CurrentLeader;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CurrentLeader {
  /** int32, versions 0+, default -1 */
  leaderId: NodeId;
  /** int32, versions 0+, default -1 */
  leaderEpoch: LeaderEpoch;
  /** string, versions 0+ */
  host: string;
  /** int32, versions 0+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUpdateRaftVoterResponse(reader: Reader, version: number): UpdateRaftVoterResponse;
export declare function encodeUpdateRaftVoterResponse(writer: Writer, message: Init<UpdateRaftVoterResponse>, version: number): void;
export { decodeUpdateRaftVoterResponse as decode, encodeUpdateRaftVoterResponse as encode };
