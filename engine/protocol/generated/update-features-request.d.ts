// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 57;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface UpdateFeaturesRequest {
  /** int32, versions 0+, default 60000 */
  timeoutMs: number;
  /** []FeatureUpdateKey, versions 0+ */
  featureUpdates: FeatureUpdateKey[];
  /** bool, versions 1+, default false */
  validateOnly: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface FeatureUpdateKey {
  /** string, versions 0+ */
  feature: string;
  /** int16, versions 0+ */
  maxVersionLevel: number;
  /** bool, versions 0 */
  allowDowngrade: boolean;
  /** int8, versions 1+, default 1 */
  upgradeType: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUpdateFeaturesRequest(reader: Reader, version: number): UpdateFeaturesRequest;
export declare function encodeUpdateFeaturesRequest(writer: Writer, message: Init<UpdateFeaturesRequest>, version: number): void;
export { decodeUpdateFeaturesRequest as decode, encodeUpdateFeaturesRequest as encode };
