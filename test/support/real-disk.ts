import { systemClock } from '../../engine/io/clock.ts';
import { DescriptorCache } from '../../engine/io/disk/descriptor-cache.ts';
import { DirectoryState } from '../../engine/io/disk/directory-state.ts';
import { RealDisk, type RealDiskOptions } from '../../engine/io/disk/real-disk.ts';
import { MemoryLogger } from './memory-logger.ts';

/** A RealDisk over a directory, with everything that a test does not care about chosen for it. */
export function realDisk(root: string, options: Partial<RealDiskOptions> & { maxOpen?: number } = {}): RealDisk {
  return new RealDisk({
    root,
    clock: systemClock,
    logger: new MemoryLogger(),
    state: new DirectoryState(),
    descriptors: new DescriptorCache(options.maxOpen ?? 64),
    ...options,
  });
}
