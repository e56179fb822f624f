import type { Offset } from '../../base/brands.ts';
import type { BrokerState } from '../../metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../../metadata/metadata-record.ts';
import {
  hasDirectoryAssignment,
  hasEligibleLeaders,
  metadataVersionFeature,
  registerBrokerRecordVersion,
} from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { BrokerRegistrationRequest } from '../../protocol/generated/broker-registration-request.js';
import type { BrokerRegistrationResponse } from '../../protocol/generated/broker-registration-response.js';
import type { Init } from '../../protocol/types.ts';
import { isReservedDirectoryId } from '../../protocol/uuid.ts';
import { answer, type Decision, type DecisionContext } from '../decision.ts';
import { brokerLeaves, brokerWasUnclean } from '../leadership.ts';
import { PartitionChanger } from '../partition-changer.ts';

type Response = Init<BrokerRegistrationResponse>;

/** BrokerRegistration (KIP-631). The broker's epoch is the offset of the decision's first record. */
export function registerBroker(context: DecisionContext, request: BrokerRegistrationRequest): Decision<Response> {
  const refusal = registrationError(context, request);
  if (refusal !== 0) return answer({ throttleTimeMs: 0, errorCode: refusal, brokerEpoch: -1n });
  const { brokerId, incarnationId } = request;
  const existing = context.image.broker(brokerId);
  if (existing?.incarnationId === incarnationId) {
    return accept(existing.epoch, [registerRecord(context, request, existing.epoch, existing)]);
  }
  const epoch = context.nextOffset;
  const changer = new PartitionChanger(context);
  if (isCleanRestart(context, request)) brokerLeaves(changer, brokerId);
  else brokerWasUnclean(changer, brokerId);
  return accept(epoch, [...changer.records, registerRecord(context, request, epoch, undefined)]);
}

function accept(epoch: Offset, records: readonly MetadataRecord[]): Decision<Response> {
  const response = { throttleTimeMs: 0, errorCode: 0, brokerEpoch: BigInt(epoch) };
  return { records, atomic: records.length === 1, response };
}

/** The broker says of which registration its data is: that of a predecessor that was stopped in order (KIP-966). */
function isCleanRestart(context: DecisionContext, request: BrokerRegistrationRequest): boolean {
  const metadataVersion = context.image.featureLevel(metadataVersionFeature);
  if (!hasEligibleLeaders(metadataVersion)) return true;
  const existing = context.image.broker(request.brokerId);
  return existing !== undefined && context.version >= 3 && request.previousBrokerEpoch === BigInt(existing.epoch);
}

function registrationError(context: DecisionContext, request: BrokerRegistrationRequest): number {
  if (request.clusterId !== context.settings.clusterId) return errorCode.INCONSISTENT_CLUSTER_ID;
  const existing = context.image.broker(request.brokerId);
  const isOther = existing !== undefined && existing.incarnationId !== request.incarnationId;
  if (isOther && context.sessions.isAlive(existing.id, existing.epoch, context.nowMs)) {
    return errorCode.DUPLICATE_BROKER_REGISTRATION;
  }
  if (request.isMigratingZkBroker) return errorCode.BROKER_ID_NOT_REGISTERED;
  if (
    hasDirectoryAssignment(context.image.featureLevel(metadataVersionFeature)) &&
    !hasValidDirectories(context, request)
  ) {
    return errorCode.INVALID_REGISTRATION;
  }
  const ranges = request.features;
  if (!ranges.some(({ name }) => name === metadataVersionFeature)) return errorCode.INVALID_REGISTRATION;
  for (const { name, minSupportedVersion, maxSupportedVersion } of ranges) {
    const level = context.image.featureLevel(name);
    if (level < minSupportedVersion || level > maxSupportedVersion) return errorCode.UNSUPPORTED_VERSION;
  }
  for (const [name, level] of context.image.features()) {
    if (level > 0 && !ranges.some((range) => range.name === name)) return errorCode.UNSUPPORTED_VERSION;
  }
  return 0;
}

function hasValidDirectories({ image }: DecisionContext, { brokerId, logDirs }: BrokerRegistrationRequest): boolean {
  if (logDirs.length === 0 || logDirs.some(isReservedDirectoryId)) return false;
  if (new Set(logDirs).size !== logDirs.length) return false;
  for (const [id, broker] of image.brokers()) {
    if (id !== brokerId && broker.logDirs.some((directory) => logDirs.includes(directory))) return false;
  }
  return true;
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
    logDirs: version >= 3 ? request.logDirs : [],
    // The broker's next heartbeat tells.
    cordonedLogDirs: null,
  };
  return { apiKey: recordKey.registerBroker, version, message };
}
