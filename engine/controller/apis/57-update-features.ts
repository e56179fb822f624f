import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { FeatureUpdateKey, UpdateFeaturesRequest } from '../../protocol/generated/update-features-request.js';
import type { UpdateFeaturesResponse } from '../../protocol/generated/update-features-response.js';
import type { Init } from '../../protocol/types.ts';
import { answer, type Decision, type DecisionContext, decide } from '../decision.ts';
import { kraftFeature, updateFeature, upgradeType } from '../feature-levels.ts';

type Response = Init<UpdateFeaturesResponse>;

/** UpdateFeatures (KIP-584, KIP-778): all or nothing. Version 2 answers nothing by feature any more. */
export function updateFeatures(context: DecisionContext, request: UpdateFeaturesRequest): Decision<Response> {
  const updates = new Map<string, FeatureUpdateKey>();
  for (const update of request.featureUpdates) updates.set(update.feature, update);
  const proposed = new Map([...updates].map(([name, update]) => [name, update.maxVersionLevel]));
  const records: MetadataRecord[] = [];
  for (const [name, update] of updates) {
    // A 4.x broker takes version 0's downgrades for upgrades, whether they are allowed or not.
    const type = context.version === 0 ? upgradeType.upgrade : update.upgradeType;
    const made = updateFeature(context, name, update.maxVersionLevel, type, proposed);
    if (typeof made === 'string') {
      const errorMessage = `The update failed for all features since the following feature had an error: ${made}`;
      return answer({ throttleTimeMs: 0, errorCode: errorCode.INVALID_UPDATE_VERSION, errorMessage, results: [] });
    }
    for (const record of made) records.push(record);
  }
  // Kafka fills the message of a success with the name of error code 0.
  const results = [...updates.keys()].map((feature) => ({ feature, errorCode: 0, errorMessage: 'NONE' }));
  const response = {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    results: context.version <= 1 ? results : [],
  };
  const kraftVersion = proposed.get(kraftFeature) ?? 0;
  const raises = !request.validateOnly && kraftVersion > (context.kraftVersion ?? kraftVersion);
  return { ...decide(request.validateOnly ? [] : records, response), ...(raises ? { kraftVersion } : {}) };
}
