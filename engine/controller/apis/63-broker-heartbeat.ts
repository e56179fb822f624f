import { sameList } from '../../metadata/image/partition-state.ts';
import type { BrokerState } from '../../metadata/image/states.ts';
import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { hasCordonedDirectories, metadataVersionFeature } from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { BrokerHeartbeatRequest } from '../../protocol/generated/broker-heartbeat-request.js';
import type { BrokerHeartbeatResponse } from '../../protocol/generated/broker-heartbeat-response.js';
import type { Init } from '../../protocol/types.ts';
import { beginControlledShutdown, fenceBroker, registrationChange, unfenceBroker } from '../broker-lifecycle.ts';
import { answer, type Decision, type DecisionContext } from '../decision.ts';
import { directoriesLeave, hasLeaderships } from '../leadership.ts';

type Response = Init<BrokerHeartbeatResponse>;
type BrokerMode = 'fenced' | 'unfenced' | 'controlled-shutdown' | 'shutdown-now';

/** BrokerHeartbeat (KIP-631): the broker says what it wants to be, the controller what it is. */
export function brokerHeartbeat(context: DecisionContext, request: BrokerHeartbeatRequest): Decision<Response> {
  const broker = context.image.broker(request.brokerId);
  if (broker === undefined || BigInt(broker.epoch) !== request.brokerEpoch) {
    const { STALE_BROKER_EPOCH } = errorCode;
    return answer({ throttleTimeMs: 0, errorCode: STALE_BROKER_EPOCH, isCaughtUp: false, isFenced: true });
  }
  const caughtUp = request.currentMetadataOffset >= BigInt(broker.epoch);
  const mode = nextMode(context, broker, request, caughtUp);
  const records = [...transition(context, broker, mode), ...directoryRecords(context, broker, request)];
  const response = {
    throttleTimeMs: 0,
    errorCode: 0,
    isCaughtUp: caughtUp,
    isFenced: mode === 'fenced' || mode === 'shutdown-now',
    shouldShutDown: mode === 'shutdown-now',
  };
  return { records, atomic: false, response };
}

function modeOf(broker: BrokerState): BrokerMode {
  if (broker.fenced) return 'fenced';
  return broker.inControlledShutdown ? 'controlled-shutdown' : 'unfenced';
}

function nextMode(
  context: DecisionContext,
  broker: BrokerState,
  request: BrokerHeartbeatRequest,
  caughtUp: boolean,
): BrokerMode {
  switch (modeOf(broker)) {
    case 'fenced':
      if (request.wantShutDown) return 'shutdown-now';
      return !request.wantFence && caughtUp ? 'unfenced' : 'fenced';
    case 'unfenced':
      if (request.wantFence) return request.wantShutDown ? 'shutdown-now' : 'fenced';
      if (!request.wantShutDown) return 'unfenced';
      return hasLeaderships(context, broker.id) ? 'controlled-shutdown' : 'shutdown-now';
    default:
      return hasLeaderships(context, broker.id) ? 'controlled-shutdown' : 'shutdown-now';
  }
}

function transition(context: DecisionContext, broker: BrokerState, mode: BrokerMode): MetadataRecord[] {
  if (mode === modeOf(broker)) return [];
  switch (mode) {
    case 'unfenced':
      return unfenceBroker(context, broker);
    case 'controlled-shutdown':
      return beginControlledShutdown(context, broker);
    default:
      return broker.fenced ? [] : fenceBroker(context, broker);
  }
}

/** Directories that went offline (KIP-858) or take no new replicas. */
function directoryRecords(
  context: DecisionContext,
  broker: BrokerState,
  request: BrokerHeartbeatRequest,
): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  const offline = broker.logDirs.filter((dir) => request.offlineLogDirs.includes(dir));
  if (offline.length > 0) {
    const logDirs = broker.logDirs.filter((dir) => !offline.includes(dir));
    records.push(registrationChange(broker, { logDirs }, 2), ...directoriesLeave(context, broker.id, offline));
  }
  const { cordonedLogDirs } = request;
  const metadataVersion = context.image.featureLevel(metadataVersionFeature);
  if (cordonedLogDirs === null || !hasCordonedDirectories(metadataVersion)) return records;
  if (broker.cordonedLogDirs === null || !sameList(broker.cordonedLogDirs, cordonedLogDirs)) {
    records.push(registrationChange(broker, { cordonedLogDirs }, 3));
  }
  return records;
}
