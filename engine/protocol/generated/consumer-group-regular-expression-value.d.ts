// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 16;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupRegularExpressionValue {
  /** []string, versions 0+ */
  topics: string[];
  /** int64, versions 0+ */
  version: bigint;
  /** int64, versions 0+ */
  timestamp: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupRegularExpressionValue(reader: Reader, version: number): ConsumerGroupRegularExpressionValue;
export declare function encodeConsumerGroupRegularExpressionValue(writer: Writer, message: Init<ConsumerGroupRegularExpressionValue>, version: number): void;
export { decodeConsumerGroupRegularExpressionValue as decode, encodeConsumerGroupRegularExpressionValue as encode };
