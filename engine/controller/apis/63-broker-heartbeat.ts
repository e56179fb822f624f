import { sameList } from '../../metadata/image/partition-state.ts';
import type { BrokerState } from '../../metadata/image/states.ts';
import {
  hasCordonedDirectories,
  hasDirectoryAssignment,
  metadataVersionFeature,
} from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { BrokerHeartbeatRequest } from '../../protocol/generated/broker-heartbeat-request.js';
import type { BrokerHeartbeatResponse } from '../../protocol/generated/broker-heartbeat-response.js';
import type { Init } from '../../protocol/types.ts';
import { beginControlledShutdown, fenceBroker, registrationChange, unfenceBroker } from '../broker-lifecycle.ts';
import type { BrokerContact } from '../broker-sessions.ts';
import { answer, currentBroker, type Decision, type DecisionContext } from '../decision.ts';
import { directoriesLeave, hasLeaderships } from '../leadership.ts';
import { PartitionChanger } from '../partition-changer.ts';

type Response = Init<BrokerHeartbeatResponse>;
type BrokerMode = 'fenced' | 'unfenced' | 'controlled-shutdown' | 'shutdown-now';

/** BrokerHeartbeat (KIP-631): the broker says what it wants to be, the controller what it is. */
export function brokerHeartbeat(context: DecisionContext, request: BrokerHeartbeatRequest): Decision<Response> {
  const broker = currentBroker(context, request);
  if (broker === undefined) {
    const { STALE_BROKER_EPOCH } = errorCode;
    return answer({ throttleTimeMs: 0, errorCode: STALE_BROKER_EPOCH, isCaughtUp: false, isFenced: true });
  }
  const caughtUp = request.currentMetadataOffset >= BigInt(broker.epoch);
  const mode = nextMode(context, broker, request, caughtUp);
  const changer = new PartitionChanger(context);
  changeMode(changer, broker, mode);
  changeDirectories(changer, broker, request);
  const contact: BrokerContact = {
    brokerId: broker.id,
    epoch: broker.epoch,
    metadataOffset: Number(request.currentMetadataOffset),
    is: mode === 'controlled-shutdown' ? 'leaving' : mode === 'shutdown-now' ? 'gone' : 'here',
  };
  const response = {
    throttleTimeMs: 0,
    errorCode: 0,
    isCaughtUp: caughtUp,
    isFenced: mode === 'fenced' || mode === 'shutdown-now',
    shouldShutDown: mode === 'shutdown-now',
  };
  return { records: changer.records, atomic: false, response, contact };
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
      return hasLeaderships(context, broker.id) || !isForgotten(context, broker)
        ? 'controlled-shutdown'
        : 'shutdown-now';
  }
}

/** Whether every active broker has read that others lead now, so that nobody sends clients to this one. */
function isForgotten({ sessions, image }: DecisionContext, { id }: BrokerState): boolean {
  return sessions.shutdownOffset(id) <= sessions.lowestActiveOffset(image);
}

function changeMode(changer: PartitionChanger, broker: BrokerState, mode: BrokerMode): void {
  if (mode === modeOf(broker)) return;
  if (mode === 'unfenced') unfenceBroker(changer, broker);
  else if (mode === 'controlled-shutdown') beginControlledShutdown(changer, broker);
  else fenceBroker(changer, broker);
}

/** Directories that went offline (KIP-858) or take no new replicas. */
function changeDirectories(changer: PartitionChanger, broker: BrokerState, request: BrokerHeartbeatRequest): void {
  const metadataVersion = changer.context.image.featureLevel(metadataVersionFeature);
  if (!hasDirectoryAssignment(metadataVersion)) return;
  const offline = broker.logDirs.filter((dir) => request.offlineLogDirs.includes(dir));
  if (offline.length > 0) {
    directoriesLeave(changer, broker.id, offline);
    const logDirs = broker.logDirs.filter((dir) => !offline.includes(dir));
    changer.records.push(registrationChange(broker, { logDirs }, 2));
  }
  const { cordonedLogDirs } = request;
  if (cordonedLogDirs === null || !hasCordonedDirectories(metadataVersion)) return;
  if (broker.cordonedLogDirs === null || !sameList(broker.cordonedLogDirs, cordonedLogDirs)) {
    changer.records.push(registrationChange(broker, { cordonedLogDirs }, 3));
  }
}
