import type { DiskFile } from '../../base/disk.ts';

/** What a RealDisk knows of one named file. Only RealDisk and DescriptorCache touch its fields. */
export class RealFile implements DiskFile {
  path: string;
  /** -1 while no descriptor is open. */
  fd = -1;
  /** Operations that use the descriptor right now; it is not closed above zero. */
  inFlight = 0;
  /** Operations submitted and not completed, running or not. */
  pending = 0;
  /** A write or truncation is on its way; the next one waits in `waiting`, so that appends keep their order. */
  changing = false;
  readonly waiting: (() => void)[] = [];
  /** Written and not yet synced since. */
  dirty = false;
  /** Counts writes, so that a sync knows whether it covered the last one. */
  writes = 0;
  closed = false;
  whenIdle: (() => void) | null = null;
  /** Who waits for the open that runs; null while none runs. */
  openWaiters: (() => void)[] | null = null;
  readonly owner: DescriptorOwner;

  /** Places in DescriptorCache's lists. */
  listed: 'clean' | 'dirty' | null = null;
  older: RealFile | null = null;
  newer: RealFile | null = null;

  constructor(owner: DescriptorOwner, path: string) {
    this.owner = owner;
    this.path = path;
  }
}

/** Closes a descriptor that the cache wants back. */
export interface DescriptorOwner {
  giveUpDescriptor(file: RealFile): void;
}
