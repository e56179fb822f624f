import { type MetadataRecord, recordKey } from '../../metadata/metadata-record.ts';
import { hasControllerRegistration, metadataVersionFeature } from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { ControllerRegistrationRequest } from '../../protocol/generated/controller-registration-request.js';
import type { ControllerRegistrationResponse } from '../../protocol/generated/controller-registration-response.js';
import type { Init } from '../../protocol/types.ts';
import { answer, type Decision, type DecisionContext, decide } from '../decision.ts';

type Response = Init<ControllerRegistrationResponse>;

/** ControllerRegistration (KIP-919). */
export function registerController(
  context: DecisionContext,
  request: ControllerRegistrationRequest,
): Decision<Response> {
  if (!hasControllerRegistration(context.image.featureLevel(metadataVersionFeature))) {
    const errorMessage = 'The current MetadataVersion is too old to support controller registrations.';
    return answer({ throttleTimeMs: 0, errorCode: errorCode.UNSUPPORTED_VERSION, errorMessage });
  }
  const record: MetadataRecord = {
    apiKey: recordKey.registerController,
    version: 0,
    message: {
      controllerId: request.controllerId,
      incarnationId: request.incarnationId,
      zkMigrationReady: request.zkMigrationReady,
      endPoints: request.listeners,
      features: request.features,
    },
  };
  return decide([record], { throttleTimeMs: 0, errorCode: 0, errorMessage: '' });
}
