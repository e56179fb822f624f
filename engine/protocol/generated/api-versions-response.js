// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 18;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeApiVersionsResponse as decode, encodeApiVersionsResponse as encode };

export function decodeApiVersionsResponse(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('ApiVersionsResponse', v);
  const f = v >= 3;
  const m = {
    errorCode: r.int16(),
    apiKeys: r.list(readApiVersion, v, f, 6),
    throttleTimeMs: v >= 1 ? r.int32() : 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1n,
    finalizedFeatures: [],
    zkMigrationReady: false,
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.supportedFeatures = r.list(readSupportedFeatureKey, v, true, 6);
    }
    else if (tag === 1) {
      m.finalizedFeaturesEpoch = r.int64();
    }
    else if (tag === 2) {
      m.finalizedFeatures = r.list(readFinalizedFeatureKey, v, true, 6);
    }
    else if (tag === 3) {
      m.zkMigrationReady = r.bool();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readApiVersion(r, v) {
  const f = v >= 3;
  return {
    apiKey: r.int16(),
    minVersion: r.int16(),
    maxVersion: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readSupportedFeatureKey(r, v) {
  return {
    name: r.string(true),
    minVersion: r.int16(),
    maxVersion: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readFinalizedFeatureKey(r, v) {
  return {
    name: r.string(true),
    maxVersionLevel: r.int16(),
    minVersionLevel: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeApiVersionsResponse(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('ApiVersionsResponse', v);
  const f = v >= 3;
  w.int16(m.errorCode ?? 0);
  w.list(m.apiKeys ?? emptyList, writeApiVersion, v, f);
  if (v >= 1) { w.int32(m.throttleTimeMs ?? 0); }
  if (f) {
    const t0 = v >= 3 && ((m.supportedFeatures !== undefined && m.supportedFeatures.length !== 0));
    const t1 = v >= 3 && (m.finalizedFeaturesEpoch !== undefined && m.finalizedFeaturesEpoch !== -1n);
    const t2 = v >= 3 && ((m.finalizedFeatures !== undefined && m.finalizedFeatures.length !== 0));
    const t3 = v >= 3 && (m.zkMigrationReady !== undefined && m.zkMigrationReady !== false);
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (t2 ? 1 : 0) + (t3 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.list(m.supportedFeatures ?? emptyList, writeSupportedFeatureKey, v, true); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 0, 1);
    if (t1) { const at = w.beginTag(1); w.int64(m.finalizedFeaturesEpoch ?? -1n); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 1, 2);
    if (t2) { const at = w.beginTag(2); w.list(m.finalizedFeatures ?? emptyList, writeFinalizedFeatureKey, v, true); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 2, 3);
    if (t3) { const at = w.beginTag(3); w.bool(m.zkMigrationReady ?? false); w.endTag(at); }
    w.unknownTagsBelow(u, i, 3, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ApiVersionsResponse', 'unknownTaggedFields', v);
}

function writeApiVersion(w, m, v) {
  const f = v >= 3;
  w.int16(m.apiKey ?? 0);
  w.int16(m.minVersion ?? 0);
  w.int16(m.maxVersion ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ApiVersion', 'unknownTaggedFields', v);
}

function writeSupportedFeatureKey(w, m, v) {
  w.string(m.name ?? '', true);
  w.int16(m.minVersion ?? 0);
  w.int16(m.maxVersion ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeFinalizedFeatureKey(w, m, v) {
  w.string(m.name ?? '', true);
  w.int16(m.maxVersionLevel ?? 0);
  w.int16(m.minVersionLevel ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
