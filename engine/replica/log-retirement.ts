import type { Disk } from '../base/disk.ts';
import type { Random } from '../base/random.ts';
import { deletedDirectoryName } from '../log/file-names.ts';
import type { LogDone } from '../log/log-error.ts';
import type { RemovedPartition } from '../metadata/delta.ts';
import type { ReplicaHost } from './host.ts';

/** Logs that are nobody's any longer: their directories are renamed at once, and go after `file.delete.delay.ms`. */
export class LogRetirement {
  private readonly host: ReplicaHost;
  private readonly random: Random;

  constructor(host: ReplicaHost, random: Random) {
    this.host = host;
    this.random = random;
  }

  /** Renames a log that is not open. `name`: of its directory. */
  retireClosed(disk: Disk, name: string, removed: RemovedPartition, retired: LogDone<string | null>): void {
    const target = deletedDirectoryName(removed.topic, removed.partition, this.randomHex());
    disk.rename(name, target, (error) => {
      if (error?.code === 'ENOENT') retired(null, null);
      else retired(error, error === null ? target : null);
    });
  }

  /** It was renamed, or could not be. */
  retired(log: string, disk: Disk | undefined, error: Error | null, renamed: string | null): void {
    const { logger } = this.host;
    if (error !== null) logger.error({ err: error, log }, 'a deleted log could not be renamed');
    else if (renamed !== null && disk !== undefined) this.deleteLater(disk, renamed);
  }

  randomHex(): string {
    const bytes = new Uint8Array(16);
    this.random.fill(bytes);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  private deleteLater(disk: Disk, name: string): void {
    const { host } = this;
    host.clock.schedule(host.fileDeleteDelayMs(), () => {
      disk.removeDirectory(name, (error) => {
        if (error !== null) host.logger.error({ err: error, directory: name }, 'a deleted log could not be removed');
      });
    });
  }
}
