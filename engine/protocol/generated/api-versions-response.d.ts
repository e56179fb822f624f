// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 18;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface ApiVersionsResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** []ApiVersion, versions 0+ */
  apiKeys: ApiVersion[];
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** []SupportedFeatureKey, versions 3+, tag 0 */
  supportedFeatures: SupportedFeatureKey[];
  /** int64, versions 3+, tag 1, default -1 */
  finalizedFeaturesEpoch: bigint;
  /** []FinalizedFeatureKey, versions 3+, tag 2 */
  finalizedFeatures: FinalizedFeatureKey[];
  /** bool, versions 3+, tag 3, default false */
  zkMigrationReady: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ApiVersion {
  /** int16, versions 0+ */
  apiKey: number;
  /** int16, versions 0+ */
  minVersion: number;
  /** int16, versions 0+ */
  maxVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface SupportedFeatureKey {
  /** string, versions 3+ */
  name: string;
  /** int16, versions 3+ */
  minVersion: number;
  /** int16, versions 3+ */
  maxVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface FinalizedFeatureKey {
  /** string, versions 3+ */
  name: string;
  /** int16, versions 3+ */
  maxVersionLevel: number;
  /** int16, versions 3+ */
  minVersionLevel: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeApiVersionsResponse(reader: Reader, version: number): ApiVersionsResponse;
export declare function encodeApiVersionsResponse(writer: Writer, message: Init<ApiVersionsResponse>, version: number): void;
export { decodeApiVersionsResponse as decode, encodeApiVersionsResponse as encode };
