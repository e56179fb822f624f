// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 16;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupRegularExpressionKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  regularExpression: string;
}

export declare function decodeConsumerGroupRegularExpressionKey(reader: Reader, version: number): ConsumerGroupRegularExpressionKey;
export declare function encodeConsumerGroupRegularExpressionKey(writer: Writer, message: Init<ConsumerGroupRegularExpressionKey>, version: number): void;
export { decodeConsumerGroupRegularExpressionKey as decode, encodeConsumerGroupRegularExpressionKey as encode };
