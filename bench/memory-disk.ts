/**
 * A file system in memory for the logs of a run, with large pages: written in units of up to a megabyte, as the page
 * cache of today's file systems on disks is. With pages of 4 KB, which /dev/shm has, a third of the time of whoever
 * writes a log is the kernel's, which hands out pages one by one.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Options } from './options.ts';

interface MemoryDisk {
  readonly path: string;
  remove(): void;
}

/** Runs with the logs on a file system of this kind, unless there is a wish or it cannot be had. */
export async function withMemoryDisk(asked: Options, run: (options: Options) => Promise<void>): Promise<void> {
  const disk = asked.logRoot === undefined ? mountMemoryDisk() : null;
  try {
    await run(disk === null ? asked : { ...asked, logRoot: disk.path, largePages: true });
  } finally {
    disk?.remove();
  }
}

/** Null where this process may not mount one. */
function mountMemoryDisk(): MemoryDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const path = mkdtempSync(join(tmpdir(), 'millrace-bench-logs-'));
  const options = `size=${Math.floor(totalmem() * 0.85)},huge=within_size`;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'millrace-bench', path]);
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    return null;
  }
  let isThere = true;
  const remove = (): void => {
    if (!isThere) return;
    isThere = false;
    // Lazily: a process that is being ended may have files open.
    spawnSync('umount', ['--lazy', path]);
    rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return { path, remove };
}
