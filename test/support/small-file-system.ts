/** Mounts and limits for tests of failing disks; where they are not allowed the test says so and is skipped. */
import { mkdirSync } from 'node:fs';
import { runCommand } from './run-command.ts';

interface MountTest {
  skip(message?: string): void;
}

/** Runs with a small tmpfs at `path`, which is gone afterwards. */
export async function withSmallMount(t: MountTest, path: string, sizeBytes: number, run: () => Promise<void>) {
  mkdirSync(path, { recursive: true });
  const isMounted = await mount(['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', path]);
  if (!isMounted) return t.skip('no file system can be mounted here: nothing was checked');
  try {
    await run();
  } finally {
    await unmount(path);
  }
}

export async function resize(path: string, sizeBytes: number): Promise<void> {
  if (!(await mount(['-o', `remount,size=${sizeBytes}`, path]))) throw new Error(`${path} cannot be made larger`);
}

/** Makes a directory read-only for what is opened from now on, until `unmount`. False: that is not allowed here. */
export async function makeReadOnly(path: string): Promise<boolean> {
  return (await mount(['--bind', path, path])) && mount(['-o', 'remount,bind,ro', path]);
}

/** A node may be there still: the directory is not to be. */
export async function unmount(path: string): Promise<void> {
  await runCommand('umount', ['-l', path]);
}

async function mount(args: readonly string[]): Promise<boolean> {
  const result = await runCommand('mount', args).catch(() => null);
  return result?.code === 0;
}
