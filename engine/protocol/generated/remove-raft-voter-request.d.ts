// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 81;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemoveRaftVoterRequest {
  /** string, versions 0+, nullable 0+ */
  clusterId: string | null;
  /** int32, versions 0+ */
  voterId: NodeId;
  /** uuid, versions 0+ */
  voterDirectoryId: DirectoryId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRemoveRaftVoterRequest(reader: Reader, version: number): RemoveRaftVoterRequest;
export declare function encodeRemoveRaftVoterRequest(writer: Writer, message: Init<RemoveRaftVoterRequest>, version: number): void;
export { decodeRemoveRaftVoterRequest as decode, encodeRemoveRaftVoterRequest as encode };
