// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareSnapshotKey {
  /** string, versions 0 */
  groupId: string;
  /** uuid, versions 0 */
  topicId: TopicId;
  /** int32, versions 0 */
  partition: number;
}

export declare function decodeShareSnapshotKey(reader: Reader, version: number): ShareSnapshotKey;
export declare function encodeShareSnapshotKey(writer: Writer, message: Init<ShareSnapshotKey>, version: number): void;
export { decodeShareSnapshotKey as decode, encodeShareSnapshotKey as encode };
