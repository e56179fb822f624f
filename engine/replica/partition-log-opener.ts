import type { Disk, DiskError } from '../base/disk.ts';
import { strayDirectoryName } from '../log/file-names.ts';
import { type LogDone, LogError } from '../log/log-error.ts';
import type { LogEnvironment } from '../log/log-state.ts';
import { openLog } from '../log/open-log.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { type PartitionRuntime, unreadable } from '../metadata/columns/partition-runtime.ts';
import type { ReplicaHost } from './host.ts';
import type { LogDirectory } from './log-directory.ts';
import type { LogRetirement } from './log-retirement.ts';
import type { Partition } from './partition.ts';

export interface PartitionLogOpenerOptions {
  readonly runtime: PartitionRuntime;
  readonly environment: LogEnvironment;
  readonly host: ReplicaHost;
  readonly retirement: LogRetirement;
}

/** Opens the logs of partitions by what the runtime columns know of them. */
export class PartitionLogOpener {
  private readonly options: PartitionLogOpenerOptions;

  constructor(options: PartitionLogOpenerOptions) {
    this.options = options;
  }

  /** `isFirst`: it has no files yet. `isClosedWell`: it needs no recovery. */
  open(
    directory: LogDirectory,
    partition: Partition,
    isFirst: boolean,
    isClosedWell: boolean,
    done: LogDone<PartitionLog>,
  ): void {
    const { runtime, environment, host } = this.options;
    const { row, topic, partition: index, topicId, topicRow } = partition.identity;
    const open = (isNew: boolean, opened: LogDone<PartitionLog>): void =>
      openLog(
        {
          disk: directory.disk,
          environment,
          topic,
          partition: index,
          topicId,
          config: host.settingsOf(topicRow).log,
          cleanShutdown: isClosedWell,
          recoveryPoint: isNew ? 0 : known(runtime.recoveryPoint(row)),
          logStartOffset: isNew ? 0 : known(runtime.logStartOffset(row)),
          highWatermark: isNew ? 0 : known(runtime.highWatermark(row)),
          cleanedOffset: isNew ? 0 : known(runtime.cleanedOffset(row)),
        },
        opened,
      );
    open(isFirst, (error, log) => {
      if (!(error instanceof LogError) || error.reason !== 'other-topic') {
        done(error, log);
        return;
      }
      // Its topic was deleted and made again, and the process ended before the directory had another name.
      this.setAside(directory.disk, partition, (renameError) => {
        if (renameError === null) open(true, done);
        else done(renameError, log);
      });
    });
  }

  private setAside(disk: Disk, partition: Partition, done: (error: DiskError | null) => void): void {
    const { host, retirement } = this.options;
    const { topic, partition: index } = partition.identity;
    const stray = strayDirectoryName(topic, index, retirement.randomHex());
    const fields = { directory: disk.root, log: partition.name, stray };
    host.logger.warn(fields, 'a log belongs to an earlier topic of this name; it is set aside');
    disk.rename(partition.name, stray, done);
  }
}

/** A shard that died while it wrote the row left it unreadable: the log is looked through from its beginning. */
function known(offset: number): number {
  return offset === unreadable ? 0 : offset;
}
