// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 82;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface UpdateRaftVoterRequest {
  /** string, versions 0+, nullable 0+ */
  clusterId: string | null;
  /** int32, versions 0+ */
  currentLeaderEpoch: LeaderEpoch;
  /** int32, versions 0+ */
  voterId: NodeId;
  /** uuid, versions 0+ */
  voterDirectoryId: DirectoryId;
  /** []Listener, versions 0+ */
  listeners: Listener[];
  /** KRaftVersionFeature, versions 0+ */
  kRaftVersionFeature: KRaftVersionFeature;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Listener {
  /** string, versions 0+ */
  name: string;
  /** string, versions 0+ */
  host: string;
  /** uint16, versions 0+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface KRaftVersionFeature {
  /** int16, versions 0+ */
  minSupportedVersion: number;
  /** int16, versions 0+ */
  maxSupportedVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUpdateRaftVoterRequest(reader: Reader, version: number): UpdateRaftVoterRequest;
export declare function encodeUpdateRaftVoterRequest(writer: Writer, message: Init<UpdateRaftVoterRequest>, version: number): void;
export { decodeUpdateRaftVoterRequest as decode, encodeUpdateRaftVoterRequest as encode };
