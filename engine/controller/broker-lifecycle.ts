import type { BrokerState } from '../metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../metadata/metadata-record.ts';
import { brokerLeaves, brokerReturns } from './leadership.ts';
import type { PartitionChanger } from './partition-changer.ts';

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
export function fenceBroker(changer: PartitionChanger, broker: BrokerState): void {
  brokerLeaves(changer, broker.id);
  changer.records.push(registrationChange(broker, { fenced: turnedOn }, 0));
}

export function unfenceBroker(changer: PartitionChanger, broker: BrokerState): void {
  changer.records.push(registrationChange(broker, { fenced: turnedOff }, 0));
  brokerReturns(changer, broker.id);
}

export function unregisterBroker(changer: PartitionChanger, broker: BrokerState): void {
  brokerLeaves(changer, broker.id);
  const message = { brokerId: broker.id, brokerEpoch: BigInt(broker.epoch) };
  changer.records.push({ apiKey: recordKey.unregisterBroker, version: 0, message });
}

export function beginControlledShutdown(changer: PartitionChanger, broker: BrokerState): void {
  changer.records.push(registrationChange(broker, { inControlledShutdown: turnedOn }, 1));
  brokerLeaves(changer, broker.id);
}
