// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 43;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface ElectLeadersRequest {
  /** int8, versions 1+ */
  electionType: number;
  /** []TopicPartitions, versions 0+, nullable 0+ */
  topicPartitions: TopicPartitions[] | null;
  /** int32, versions 0+, default 60000 */
  timeoutMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartitions {
  /** string, versions 0+ */
  topic: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeElectLeadersRequest(reader: Reader, version: number): ElectLeadersRequest;
export declare function encodeElectLeadersRequest(writer: Writer, message: Init<ElectLeadersRequest>, version: number): void;
export { decodeElectLeadersRequest as decode, encodeElectLeadersRequest as encode };
