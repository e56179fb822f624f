import type { PartitionRow } from '../base/brands.ts';
import { repeat } from '../log/continuation.ts';
import type { Partition } from './partition.ts';
import type { ShardReplicas } from './shard-replicas.ts';

/**
 * Opens logs that nobody asked for, a few of each directory at a time, shows each to `visit`, and closes it again unless
 * somebody uses it by then. So a walk over all logs of a shard never holds more than these few. A partition that has an
 * object already is shown as it is; one whose log can't be opened is passed over.
 *
 * @param atOnce logs of one directory that are open at a time.
 * @param directoryDone called for each directory when all of its logs were visited, directories without any included.
 */
export function visitLogs(
  replicas: ShardReplicas,
  rows: readonly PartitionRow[],
  atOnce: number,
  visit: (partition: Partition, next: () => void) => void,
  directoryDone: (index: number) => void,
): void {
  const { runtime } = replicas.metadata;
  const queues: PartitionRow[][] = replicas.directories.map(() => []);
  for (const row of rows) queues[runtime.logDirectory(row)]?.push(row);
  queues.forEach((queue, index) => {
    let at = 0;
    let runners = atOnce;
    const run = (): void =>
      repeat((again) => {
        const row = queue[at++];
        if (row !== undefined) {
          visitOne(replicas, row, visit, again);
          return;
        }
        runners -= 1;
        if (runners === 0) directoryDone(index);
      });
    for (let runner = 0; runner < atOnce; runner++) run();
  });
}

function visitOne(
  replicas: ShardReplicas,
  row: PartitionRow,
  visit: (partition: Partition, next: () => void) => void,
  next: () => void,
): void {
  const { partitions, runtime } = replicas.metadata;
  // Rows may have changed hands since they were gathered; a log that has no files by now is no log to visit.
  if (!partitions.isLive(row) || runtime.logDirectory(row) < 0 || !replicas.owns(row)) {
    next();
    return;
  }
  const wasLive = replicas.isLive(row);
  const found = replicas.open(row, partitions.topicGeneration(row));
  if (typeof found === 'number') {
    next();
    return;
  }
  const leave = (): void => {
    const isKept = found.keptSinceMs !== Number.NEGATIVE_INFINITY;
    const isUsed = wasLive || found.isNamed || isKept || !found.hasLog;
    if (isUsed || !replicas.dropIdle(found, next)) next();
  };
  found.whenOpen(() => {
    if (found.isOnline) visit(found, leave);
    else leave();
  });
}
