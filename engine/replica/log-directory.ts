import type { Disk } from '../base/disk.ts';

/** One of the node's log directories, as a shard has it. */
export interface LogDirectory {
  readonly disk: Disk;
  /** The last process closed it properly, so its logs need no recovery. */
  readonly isClean: boolean;
  /** `logs[0]`: how many logs lie in it, counted over all shards. Shared memory. */
  readonly logs: Int32Array;
}

/**
 * In the place of a log directory's index: a directory was offline when the logs were looked for, and the log may lie
 * there. It is not made anew elsewhere, or its records would seem to be gone.
 */
export const lostDirectory = -2;

/** The directory that a new log goes to: the one with the fewest, of those that are online; -1 where none is. */
export function chooseDirectory(directories: readonly LogDirectory[], isCordoned: (root: string) => boolean): number {
  const online = directories.filter(({ disk }) => disk.isOnline());
  const open = online.filter(({ disk }) => !isCordoned(disk.root));
  let chosen: LogDirectory | undefined;
  for (const directory of open.length > 0 ? open : online) {
    if (chosen === undefined || Atomics.load(directory.logs, 0) < Atomics.load(chosen.logs, 0)) chosen = directory;
  }
  return chosen === undefined ? -1 : directories.indexOf(chosen);
}
