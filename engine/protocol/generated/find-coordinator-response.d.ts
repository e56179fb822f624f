// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 10;
export declare const lowestVersion: 0;
export declare const highestVersion: 6;

export interface FindCoordinatorResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** int16, versions 0-3 */
  errorCode: number;
  /** string, versions 1-3, nullable 1-3 */
  errorMessage: string | null;
  /** int32, versions 0-3 */
  nodeId: NodeId;
  /** string, versions 0-3 */
  host: string;
  /** int32, versions 0-3 */
  port: number;
  /** []Coordinator, versions 4+ */
  coordinators: Coordinator[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Coordinator {
  /** string, versions 4+ */
  key: string;
  /** int32, versions 4+ */
  nodeId: NodeId;
  /** string, versions 4+ */
  host: string;
  /** int32, versions 4+ */
  port: number;
  /** int16, versions 4+ */
  errorCode: number;
  /** string, versions 4+, nullable 4+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFindCoordinatorResponse(reader: Reader, version: number): FindCoordinatorResponse;
export declare function encodeFindCoordinatorResponse(writer: Writer, message: Init<FindCoordinatorResponse>, version: number): void;
export { decodeFindCoordinatorResponse as decode, encodeFindCoordinatorResponse as encode };
