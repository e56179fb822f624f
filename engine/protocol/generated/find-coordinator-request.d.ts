// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 10;
export declare const lowestVersion: 0;
export declare const highestVersion: 6;

export interface FindCoordinatorRequest {
  /** string, versions 0-3 */
  key: string;
  /** int8, versions 1+, default 0 */
  keyType: number;
  /** []string, versions 4+ */
  coordinatorKeys: string[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFindCoordinatorRequest(reader: Reader, version: number): FindCoordinatorRequest;
export declare function encodeFindCoordinatorRequest(writer: Writer, message: Init<FindCoordinatorRequest>, version: number): void;
export { decodeFindCoordinatorRequest as decode, encodeFindCoordinatorRequest as encode };
