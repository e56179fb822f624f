import { errorCode } from '../protocol/errors.ts';
import type { IsrChange, ReplicaHost } from './host.ts';
import type { AlterPartitionResult, Leadership } from './leadership.ts';
import type { Partition } from './partition.ts';

/**
 * Asks the controller for the change of the ISR that the partition's leadership proposes. `changed` is called when the ISR
 * is another one.
 */
export function askForIsr(partition: Partition, host: ReplicaHost, changed: () => void): void {
  const { leadership } = partition;
  if (leadership === null) return;
  const { topicId, partition: index } = partition.identity;
  const isCurrent = (): boolean => partition.leadership === leadership;
  host.replication.alterPartition(
    () => {
      const change = isCurrent() && partition.isOnline ? leadership.proposal() : null;
      return change === null ? null : { ...change, topicId, partition: index };
    },
    (asked, result) => {
      if (isCurrent()) answered(partition.name, leadership, host, asked, result, changed);
    },
  );
}

function answered(
  name: string,
  leadership: Leadership,
  { replication, logger }: ReplicaHost,
  asked: IsrChange,
  result: AlterPartitionResult,
  changed: () => void,
): void {
  const before = leadership.isr;
  if (result.errorCode === 0) {
    if (!leadership.altered(asked, result)) return;
    replication.countIsrChange(result.isr.length < before.length ? 'shrinks' : 'expands');
    logger.info({ partition: name, from: before, to: result.isr }, 'the replicas in sync have changed');
    changed();
    return;
  }
  replication.countIsrChange('failedUpdates');
  logger.info({ partition: name, errorCode: result.errorCode }, 'the replicas in sync could not be changed');
  // These two say for sure that nothing was changed. After others the next image tells what is.
  const isVoid =
    result.errorCode === errorCode.INELIGIBLE_REPLICA || result.errorCode === errorCode.OPERATION_NOT_ATTEMPTED;
  if (isVoid) leadership.withdraw(asked);
}
