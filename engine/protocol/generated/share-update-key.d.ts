// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 1;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareUpdateKey {
  /** string, versions 0 */
  groupId: string;
  /** uuid, versions 0 */
  topicId: TopicId;
  /** int32, versions 0 */
  partition: number;
}

export declare function decodeShareUpdateKey(reader: Reader, version: number): ShareUpdateKey;
export declare function encodeShareUpdateKey(writer: Writer, message: Init<ShareUpdateKey>, version: number): void;
export { decodeShareUpdateKey as decode, encodeShareUpdateKey as encode };
