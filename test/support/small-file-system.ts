/** File systems that are full or read-only. Who may not mount any gets the nearest thing that the kernel does for him. */
import { chmodSync, mkdirSync } from 'node:fs';
import { runCommand } from './run-command.ts';

/** Whether a small tmpfs lies at `path` now, until `unmount`. */
export function mountSmall(path: string, sizeBytes: number): Promise<boolean> {
  mkdirSync(path, { recursive: true });
  return mount(['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', path]);
}

export async function resize(path: string, sizeBytes: number): Promise<void> {
  if (!(await mount(['-o', `remount,size=${sizeBytes}`, path]))) throw new Error(`${path} cannot be made larger`);
}

/** Lets nothing be made or opened for writing in a directory from now on; answers what lets it again. */
export async function makeReadOnly(path: string): Promise<() => Promise<void>> {
  if (await mount(['--bind', path, path])) {
    if (!(await mount(['-o', 'remount,bind,ro', path]))) throw new Error(`${path} cannot be made read-only`);
    return () => unmount(path);
  }
  // Only root may mount, and everybody else is stopped by this.
  chmodSync(path, 0o555);
  return async () => chmodSync(path, 0o755);
}

/** A node may be there still: the directory is not to be. */
export async function unmount(path: string): Promise<void> {
  await runCommand('umount', ['-l', path]);
}

async function mount(args: readonly string[]): Promise<boolean> {
  const result = await runCommand('mount', args).catch(() => null);
  return result?.code === 0;
}
