// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 23;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupTopologyKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeStreamsGroupTopologyKey(reader: Reader, version: number): StreamsGroupTopologyKey;
export declare function encodeStreamsGroupTopologyKey(writer: Writer, message: Init<StreamsGroupTopologyKey>, version: number): void;
export { decodeStreamsGroupTopologyKey as decode, encodeStreamsGroupTopologyKey as encode };
