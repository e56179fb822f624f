// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 57;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeUpdateFeaturesRequest as decode, encodeUpdateFeaturesRequest as encode };

export function decodeUpdateFeaturesRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('UpdateFeaturesRequest', v);
  return {
    timeoutMs: r.int32(),
    featureUpdates: r.list(readFeatureUpdateKey, v, true, 5),
    validateOnly: v >= 1 ? r.bool() : false,
    unknownTaggedFields: r.unknownTags(),
  };
}

function readFeatureUpdateKey(r, v) {
  return {
    feature: r.string(true),
    maxVersionLevel: r.int16(),
    allowDowngrade: v <= 0 ? r.bool() : false,
    upgradeType: v >= 1 ? r.int8() : 1,
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUpdateFeaturesRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('UpdateFeaturesRequest', v);
  w.int32(m.timeoutMs ?? 60000);
  w.list(m.featureUpdates ?? emptyList, writeFeatureUpdateKey, v, true);
  if (v >= 1) { w.bool(m.validateOnly ?? false); }
  else if ((m.validateOnly !== undefined && m.validateOnly !== false)) refuseField('UpdateFeaturesRequest', 'validateOnly', v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeFeatureUpdateKey(w, m, v) {
  w.string(m.feature ?? '', true);
  w.int16(m.maxVersionLevel ?? 0);
  if (v <= 0) { w.bool(m.allowDowngrade ?? false); }
  else if ((m.allowDowngrade !== undefined && m.allowDowngrade !== false)) refuseField('FeatureUpdateKey', 'allowDowngrade', v);
  if (v >= 1) { w.int8(m.upgradeType ?? 1); }
  else if ((m.upgradeType !== undefined && m.upgradeType !== 1)) refuseField('FeatureUpdateKey', 'upgradeType', v);
  w.unknownTags(m.unknownTaggedFields);
}
