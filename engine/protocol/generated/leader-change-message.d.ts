// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface LeaderChangeMessage {
  /** int16, versions 0+ */
  version: number;
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** []Voter, versions 0+ */
  voters: Voter[];
  /** []Voter, versions 0+ */
  grantingVoters: Voter[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Voter {
  /** int32, versions 0+ */
  voterId: NodeId;
  /** uuid, versions 1+ */
  voterDirectoryId: DirectoryId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeLeaderChangeMessage(reader: Reader, version: number): LeaderChangeMessage;
export declare function encodeLeaderChangeMessage(writer: Writer, message: Init<LeaderChangeMessage>, version: number): void;
export { decodeLeaderChangeMessage as decode, encodeLeaderChangeMessage as encode };
