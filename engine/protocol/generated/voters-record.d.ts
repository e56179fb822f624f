// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface VotersRecord {
  /** int16, versions 0+ */
  version: number;
  /** []Voter, versions 0+ */
  voters: Voter[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Endpoint {
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

export interface Voter {
  /** int32, versions 0+ */
  voterId: NodeId;
  /** uuid, versions 0+ */
  voterDirectoryId: DirectoryId;
  /** []Endpoint, versions 0+ */
  endpoints: Endpoint[];
  /** KRaftVersionFeature, versions 0+ */
  kRaftVersionFeature: KRaftVersionFeature;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeVotersRecord(reader: Reader, version: number): VotersRecord;
export declare function encodeVotersRecord(writer: Writer, message: Init<VotersRecord>, version: number): void;
export { decodeVotersRecord as decode, encodeVotersRecord as encode };
