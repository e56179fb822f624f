// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 5;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupMemberMetadataValue {
  /** string, versions 0+, nullable 0+ */
  instanceId: string | null;
  /** string, versions 0+, nullable 0+ */
  rackId: string | null;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** []string, versions 0+ */
  subscribedTopicNames: string[];
  /** string, versions 0+, nullable 0+ */
  subscribedTopicRegex: string | null;
  /** int32, versions 0+, default -1 */
  rebalanceTimeoutMs: number;
  /** string, versions 0+, nullable 0+ */
  serverAssignor: string | null;
  /** ClassicMemberMetadata, versions 0+, nullable 0+, tag 0 */
  classicMemberMetadata: ClassicMemberMetadata | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ClassicProtocol {
  /** string, versions 0+ */
  name: string;
  /** bytes, versions 0+ */
  metadata: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ClassicMemberMetadata {
  /** int32, versions 0+ */
  sessionTimeoutMs: number;
  /** []ClassicProtocol, versions 0+ */
  supportedProtocols: ClassicProtocol[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupMemberMetadataValue(reader: Reader, version: number): ConsumerGroupMemberMetadataValue;
export declare function encodeConsumerGroupMemberMetadataValue(writer: Writer, message: Init<ConsumerGroupMemberMetadataValue>, version: number): void;
export { decodeConsumerGroupMemberMetadataValue as decode, encodeConsumerGroupMemberMetadataValue as encode };
