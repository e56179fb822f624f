// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 19;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupMemberMetadataValue {
  /** string, versions 0+, nullable 0+ */
  instanceId: string | null;
  /** string, versions 0+, nullable 0+ */
  rackId: string | null;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** int32, versions 0+, default -1 */
  rebalanceTimeoutMs: number;
  /** int32, versions 0+ */
  topologyEpoch: number;
  /** string, versions 0+ */
  processId: string;
  /** Endpoint, versions 0+, nullable 0+, default null */
  userEndpoint: Endpoint | null;
  /** []KeyValue, versions 0+ */
  clientTags: KeyValue[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Endpoint {
  /** string, versions 0+ */
  host: string;
  /** uint16, versions 0+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface KeyValue {
  /** string, versions 0+ */
  key: string;
  /** string, versions 0+ */
  value: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupMemberMetadataValue(reader: Reader, version: number): StreamsGroupMemberMetadataValue;
export declare function encodeStreamsGroupMemberMetadataValue(writer: Writer, message: Init<StreamsGroupMemberMetadataValue>, version: number): void;
export { decodeStreamsGroupMemberMetadataValue as decode, encodeStreamsGroupMemberMetadataValue as encode };
