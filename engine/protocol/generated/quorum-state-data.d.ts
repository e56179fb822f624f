// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface QuorumStateData {
  /** string, versions 0 */
  clusterId: string;
  /** int32, versions 0+, default -1 */
  leaderId: NodeId;
  /** int32, versions 0+, default -1 */
  leaderEpoch: LeaderEpoch;
  /** int32, versions 0+, default -1 */
  votedId: number;
  /** uuid, versions 1+ */
  votedDirectoryId: DirectoryId;
  /** int64, versions 0 */
  appliedOffset: bigint;
  /** []Voter, versions 0, nullable 0 */
  currentVoters: Voter[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Voter {
  /** int32, versions 0 */
  voterId: NodeId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeQuorumStateData(reader: Reader, version: number): QuorumStateData;
export declare function encodeQuorumStateData(writer: Writer, message: Init<QuorumStateData>, version: number): void;
export { decodeQuorumStateData as decode, encodeQuorumStateData as encode };
