// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 57;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface UpdateFeaturesResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []UpdatableFeatureResult, versions 0-1 */
  results: UpdatableFeatureResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface UpdatableFeatureResult {
  /** string, versions 0+ */
  feature: string;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUpdateFeaturesResponse(reader: Reader, version: number): UpdateFeaturesResponse;
export declare function encodeUpdateFeaturesResponse(writer: Writer, message: Init<UpdateFeaturesResponse>, version: number): void;
export { decodeUpdateFeaturesResponse as decode, encodeUpdateFeaturesResponse as encode };
