import type { DirectoryId, NodeId, PartitionRow } from '../base/brands.ts';
import { moveLimits } from '../base/limits.ts';
import { assignedDirectoryIndex } from '../metadata/columns/assigned-directory.ts';
import type { SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import { chooseDirectory, type LogDirectory, lostDirectory } from './log-directory.ts';

export interface DirectoryChoiceOptions {
  readonly nodeId: NodeId;
  readonly metadata: SharedMetadata;
  readonly directories: readonly LogDirectory[];
  isCordoned(root: string): boolean;
}

/** Which directory a log lies in, or is to be made in. */
export class DirectoryChoice {
  /** Of the directories, by their indices; undefined where one is not known. */
  ids: readonly (DirectoryId | undefined)[] = [];
  private readonly options: DirectoryChoiceOptions;
  /** Directories that were asked for logs that are not there yet, by `topic-N`. */
  private readonly preferred = new Map<string, number>();

  constructor(options: DirectoryChoiceOptions) {
    this.options = options;
  }

  /** The log of that name goes to the directory once it is made. */
  prefer(name: string, directory: number): void {
    this.preferred.delete(name);
    this.preferred.set(name, directory);
    if (this.preferred.size <= moveLimits.preferredDirectories) return;
    for (const [oldest] of this.preferred) {
      this.preferred.delete(oldest);
      return;
    }
  }

  /** Whether the directory takes no new logs (KIP-1066). */
  isCordoned(directory: number): boolean {
    const { directories, isCordoned } = this.options;
    return directories[directory] !== undefined && isCordoned(directories[directory].disk.root);
  }

  /** Index of the directory; -1: nowhere now. */
  directoryOf(row: PartitionRow, name: string): number {
    const { directories, metadata, isCordoned } = this.options;
    const known = metadata.runtime.logDirectory(row);
    if (known >= 0) return this.isOnline(known) ? known : -1;
    if (known === lostDirectory) return -1;
    const preferred = this.preferred.get(name) ?? -1;
    this.preferred.delete(name);
    if (this.isOnline(preferred)) return preferred;
    const assigned = this.assigned(row);
    return this.isOnline(assigned) ? assigned : chooseDirectory(directories, isCordoned);
  }

  /** The directory that the controller knows; -1: none of this node's. */
  assigned(row: PartitionRow): number {
    const { metadata, nodeId } = this.options;
    return assignedDirectoryIndex(metadata.partitions, row, nodeId, this.ids);
  }

  private isOnline(directory: number): boolean {
    return this.options.directories[directory]?.disk.isOnline() === true;
  }
}
