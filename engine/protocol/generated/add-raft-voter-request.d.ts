// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 80;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface AddRaftVoterRequest {
  /** string, versions 0+, nullable 0+ */
  clusterId: string | null;
  /** int32, versions 0+ */
  timeoutMs: number;
  /** int32, versions 0+ */
  voterId: NodeId;
  /** uuid, versions 0+ */
  voterDirectoryId: DirectoryId;
  /** []Listener, versions 0+ */
  listeners: Listener[];
  /** bool, versions 1+, default true */
  ackWhenCommitted: boolean;
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

export declare function decodeAddRaftVoterRequest(reader: Reader, version: number): AddRaftVoterRequest;
export declare function encodeAddRaftVoterRequest(writer: Writer, message: Init<AddRaftVoterRequest>, version: number): void;
export { decodeAddRaftVoterRequest as decode, encodeAddRaftVoterRequest as encode };
