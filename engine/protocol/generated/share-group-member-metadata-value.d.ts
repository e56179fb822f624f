// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 10;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupMemberMetadataValue {
  /** string, versions 0+, nullable 0+ */
  rackId: string | null;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** []string, versions 0+ */
  subscribedTopicNames: string[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareGroupMemberMetadataValue(reader: Reader, version: number): ShareGroupMemberMetadataValue;
export declare function encodeShareGroupMemberMetadataValue(writer: Writer, message: Init<ShareGroupMemberMetadataValue>, version: number): void;
export { decodeShareGroupMemberMetadataValue as decode, encodeShareGroupMemberMetadataValue as encode };
