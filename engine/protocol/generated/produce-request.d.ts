// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 3;
export declare const highestVersion: 13;

export interface ProduceRequest {
  /** string, versions 3+, nullable 3+, default null */
  transactionalId: string | null;
  /** int16, versions 0+ */
  acks: number;
  /** int32, versions 0+ */
  timeoutMs: number;
  /** []TopicProduceData, versions 0+ */
  topicData: TopicProduceData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionProduceData {
  /** int32, versions 0+ */
  index: number;
  /** records, versions 0+, nullable 0+ */
  records: Uint8Array | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicProduceData {
  /** string, versions 0-12 */
  name: string;
  /** uuid, versions 13+ */
  topicId: TopicId;
  /** []PartitionProduceData, versions 0+ */
  partitionData: PartitionProduceData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeProduceRequest(reader: Reader, version: number): ProduceRequest;
export declare function encodeProduceRequest(writer: Writer, message: Init<ProduceRequest>, version: number): void;
export { decodeProduceRequest as decode, encodeProduceRequest as encode };
