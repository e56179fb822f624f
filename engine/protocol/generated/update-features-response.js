// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 57;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeUpdateFeaturesResponse as decode, encodeUpdateFeaturesResponse as encode };

export function decodeUpdateFeaturesResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('UpdateFeaturesResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    results: v <= 1 ? r.list(readUpdatableFeatureResult, v, true, 5) : [],
    unknownTaggedFields: r.unknownTags(),
  };
}

function readUpdatableFeatureResult(r, v) {
  return {
    feature: r.string(true),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUpdateFeaturesResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('UpdateFeaturesResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  if (v <= 1) { w.list(m.results ?? emptyList, writeUpdatableFeatureResult, v, true); }
  w.unknownTags(m.unknownTaggedFields);
}

function writeUpdatableFeatureResult(w, m, v) {
  w.string(m.feature ?? '', true);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.unknownTags(m.unknownTaggedFields);
}
