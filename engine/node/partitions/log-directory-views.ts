import type { LogDirectoryView } from '../../broker/services.ts';
import type { LogDirectory } from '../../replica/log-directory.ts';

export interface VolumeSpace {
  readonly totalBytes: number;
  readonly usableBytes: number;
}

/** Asks for the bytes of the volume that a path is on; undefined where it could not be asked. */
export type AskVolumeSpace = (path: string, answered: (space: VolumeSpace | undefined) => void) => void;

/** What DescribeLogDirs tells of the directories themselves. */
export function viewLogDirectories(
  directories: readonly LogDirectory[],
  askSpace: AskVolumeSpace | undefined,
  answered: (directories: readonly LogDirectoryView[]) => void,
): void {
  const views: LogDirectoryView[] = new Array(directories.length);
  let left = directories.length;
  directories.forEach(({ disk }, index) => {
    const one = (space: VolumeSpace | undefined): void => {
      const { totalBytes = -1, usableBytes = -1 } = space ?? {};
      views[index] = { path: disk.root, isOnline: disk.isOnline(), totalBytes, usableBytes };
      left -= 1;
      if (left === 0) answered(views);
    };
    if (askSpace === undefined || !disk.isOnline()) one(undefined);
    else askSpace(disk.root, one);
  });
}
