import { zeroUuid } from '../../base/brands.ts';
import type { BrokerState } from '../../metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../../metadata/metadata-record.ts';
import {
  hasDirectoryAssignment,
  metadataVersionFeature,
  registerBrokerRecordVersion,
} from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { BrokerRegistrationRequest } from '../../protocol/generated/broker-registration-request.js';
import type { BrokerRegistrationResponse } from '../../protocol/generated/broker-registration-response.js';
import type { Init } from '../../protocol/types.ts';
import { isReservedDirectoryId } from '../../protocol/uuid.ts';
import { fenceBroker } from '../broker-lifecycle.ts';
import { answer, type Decision, type DecisionContext, decide } from '../decision.ts';
import { brokerWasUnclean } from '../leadership.ts';

type Response = Init<BrokerRegistrationResponse>;

/**
 * Records to append before the registration of this node's own broker is decided. It cannot be running twice (its
 * directories are locked), so its predecessor's session need not be waited for. Who claims its id from elsewhere is a
 * duplicate.
 */
export function recordsBeforeRegistration(
  context: DecisionContext,
  request: BrokerRegistrationRequest,
): readonly MetadataRecord[] {
  const existing = context.image.broker(request.brokerId);
  if (existing === undefined || existing.fenced || request.brokerId !== context.settings.nodeId) return [];
  const same = existing.incarnationId === request.incarnationId;
  return same || registrationError(context, request) !== 0 ? [] : fenceBroker(context, existing);
}

/** BrokerRegistration (KIP-631). The broker's epoch is the offset of the decision's first record. */
export function registerBroker(context: DecisionContext, request: BrokerRegistrationRequest): Decision<Response> {
  const refusal = registrationError(context, request);
  if (refusal !== 0) return answer({ throttleTimeMs: 0, errorCode: refusal, brokerEpoch: -1n });
  const existing = context.image.broker(request.brokerId);
  if (existing !== undefined && existing.incarnationId === request.incarnationId) {
    return decide([registerRecord(context, request, existing.epoch, existing)], accepted(existing.epoch));
  }
  if (existing !== undefined && !existing.fenced) {
    return answer({ throttleTimeMs: 0, errorCode: errorCode.DUPLICATE_BROKER_REGISTRATION, brokerEpoch: -1n });
  }
  const clean = existing === undefined || request.previousBrokerEpoch === BigInt(existing.epoch);
  const records = clean ? [] : brokerWasUnclean(context, request.brokerId);
  const epoch = context.nextOffset;
  return decide([...records, registerRecord(context, request, epoch, undefined)], accepted(epoch));
}

function accepted(epoch: number): Response {
  return { throttleTimeMs: 0, errorCode: 0, brokerEpoch: BigInt(epoch) };
}

function registrationError(context: DecisionContext, request: BrokerRegistrationRequest): number {
  if (request.clusterId !== context.settings.clusterId) return errorCode.INCONSISTENT_CLUSTER_ID;
  if (request.isMigratingZkBroker) return errorCode.BROKER_ID_NOT_REGISTERED;
  const metadataVersion = context.image.featureLevel(metadataVersionFeature);
  if (hasDirectoryAssignment(metadataVersion)) {
    const { logDirs } = request;
    const bad = logDirs.length === 0 || new Set(logDirs).size !== logDirs.length || logDirs.some(isReservedDirectoryId);
    if (bad) return errorCode.INVALID_REQUEST;
  }
  const range = request.features.find(({ name }) => name === metadataVersionFeature);
  if (range === undefined) return errorCode.UNSUPPORTED_VERSION;
  for (const [name, level] of context.image.features()) {
    const supported = request.features.find((feature) => feature.name === name);
    if (level > 0 && (supported === undefined || level < supported.minSupportedVersion)) {
      return errorCode.UNSUPPORTED_VERSION;
    }
    if (supported !== undefined && level > supported.maxSupportedVersion) return errorCode.UNSUPPORTED_VERSION;
  }
  return 0;
}

function registerRecord(
  context: DecisionContext,
  request: BrokerRegistrationRequest,
  epoch: number,
  existing: BrokerState | undefined,
): MetadataRecord {
  const version = registerBrokerRecordVersion(context.image.featureLevel(metadataVersionFeature));
  const message = {
    brokerId: request.brokerId,
    isMigratingZkBroker: false,
    incarnationId: request.incarnationId,
    brokerEpoch: BigInt(epoch),
    endPoints: request.listeners,
    features: request.features,
    rack: request.rack,
    fenced: existing?.fenced ?? true,
    inControlledShutdown: existing?.inControlledShutdown ?? false,
    logDirs: version >= 3 ? request.logDirs.filter((id) => id !== zeroUuid) : [],
    cordonedLogDirs: version >= 4 ? (existing?.cordonedLogDirs ?? null) : null,
  };
  return { apiKey: recordKey.registerBroker, version, message };
}
