import type { BrokerState } from '../metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../metadata/metadata-record.ts';
import type { DecisionContext } from './decision.ts';
import { brokerLeaves, brokerReturns } from './leadership.ts';

/** Values of the fields `fenced` and `inControlledShutdown`: 0 leaves them as they are. */
const turnedOn = 1;
const turnedOff = -1;

interface RegistrationChange {
  readonly fenced?: number;
  readonly inControlledShutdown?: number;
  readonly logDirs?: readonly string[];
  readonly cordonedLogDirs?: readonly string[] | null;
}

export function registrationChange(broker: BrokerState, change: RegistrationChange, version: number): MetadataRecord {
  const message = {
    brokerId: broker.id,
    brokerEpoch: BigInt(broker.epoch),
    fenced: change.fenced ?? 0,
    inControlledShutdown: change.inControlledShutdown ?? 0,
    logDirs: change.logDirs ?? [],
    cordonedLogDirs: change.cordonedLogDirs ?? null,
  };
  return { apiKey: recordKey.brokerRegistrationChange, version, message };
}

/** Partitions first, so that nobody reads of a leader that is fenced. */
export function fenceBroker(context: DecisionContext, broker: BrokerState): MetadataRecord[] {
  return [...brokerLeaves(context, broker.id), registrationChange(broker, { fenced: turnedOn }, 0)];
}

export function unfenceBroker(context: DecisionContext, broker: BrokerState): MetadataRecord[] {
  return [registrationChange(broker, { fenced: turnedOff }, 0), ...brokerReturns(context, broker.id)];
}

export function unregisterBroker(context: DecisionContext, broker: BrokerState): MetadataRecord[] {
  const message = { brokerId: broker.id, brokerEpoch: BigInt(broker.epoch) };
  return [...brokerLeaves(context, broker.id), { apiKey: recordKey.unregisterBroker, version: 0, message }];
}

export function beginControlledShutdown(context: DecisionContext, broker: BrokerState): MetadataRecord[] {
  const change = registrationChange(broker, { inControlledShutdown: turnedOn }, 1);
  return [change, ...brokerLeaves(context, broker.id)];
}
