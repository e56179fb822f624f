import fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { assert } from '../../base/assert.ts';
import { type DirectoryEntry, DiskError } from '../../base/disk.ts';
import { errnoOf } from './errors.ts';

/**
 * What is done by name, each as one run of calls through the pool, one call at a time. They throw Node's errors,
 * and SyncFailure where an fsync failed.
 */
export class SyncFailure extends Error {
  override readonly name = 'SyncFailure';

  constructor(path: string, cause: unknown) {
    super(`fsync of ${path} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A path inside the directory, as the engine names it: relative, without a way out. */
export function checked(path: string): string {
  assert(!path.startsWith('/') && !path.includes('\0') && !path.split('/').includes('..'), `path ${path} is relative`);
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

export async function size(path: string): Promise<number> {
  try {
    return (await fs.stat(path)).size;
  } catch (error) {
    if (isAbsent(error)) return -1;
    throw error;
  }
}

export async function list(path: string): Promise<readonly DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  for (const entry of await fs.readdir(path, { withFileTypes: true })) {
    const isDirectory = entry.isSymbolicLink() ? await isDirectoryBehind(`${path}/${entry.name}`) : entry.isDirectory();
    entries.push({ name: entry.name, isDirectory });
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export async function readFile(path: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await fs.open(path, 'r');
  try {
    const { size: sizeBytes } = await handle.stat();
    if (sizeBytes > maxBytes) throw new DiskError('EFBIG', 'readFile', path, `${sizeBytes} bytes, at most ${maxBytes}`);
    const bytes = Buffer.allocUnsafeSlow(sizeBytes);
    let length = 0;
    while (length < sizeBytes) {
      const { bytesRead } = await handle.read(bytes, length, sizeBytes - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  const handle = await fs.open(temporary, 'w', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync().catch((error: unknown) => {
      throw new SyncFailure(temporary, error);
    });
  } finally {
    await handle.close();
  }
  await fs.rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** `moved` is called when the name has changed, before it is durable. */
export async function rename(from: string, to: string, moved: () => void): Promise<void> {
  await fs.rename(from, to);
  moved();
  await syncDirectory(dirname(to));
  if (dirname(from) !== dirname(to)) await syncDirectory(dirname(from));
}

export async function remove(path: string): Promise<void> {
  await fs.unlink(path).catch(unlessAbsent);
}

export async function makeDirectory(path: string): Promise<void> {
  // One that is there already may be the work of a process that was killed before it made the name durable.
  const first = (await fs.mkdir(path, { recursive: true })) ?? path;
  // Every name that is new lies in the parent of `first` or below, on the way to `path`.
  for (let parent = dirname(path); parent.length >= dirname(first).length; parent = dirname(parent)) {
    await syncDirectory(parent);
    if (parent === dirname(parent)) return;
  }
}

/** One call at a time, where fs.rm would put as many into the pool as there are files. */
export async function removeDirectory(path: string): Promise<void> {
  let entries: Awaited<ReturnType<typeof readEntries>>;
  try {
    entries = await readEntries(path);
  } catch (error) {
    unlessAbsent(error);
    return;
  }
  for (const entry of entries) {
    if (entry.isDirectory()) await removeDirectory(`${path}/${entry.name}`);
    else await remove(`${path}/${entry.name}`);
  }
  await fs.rmdir(path).catch(unlessAbsent);
}

export async function syncDirectory(path: string): Promise<void> {
  const handle = await fs.open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    throw new SyncFailure(path, error);
  } finally {
    await handle.close();
  }
}

function readEntries(path: string) {
  return fs.readdir(path, { withFileTypes: true });
}

async function isDirectoryBehind(path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return errnoOf(error) === 'ENOENT';
}

function unlessAbsent(error: unknown): void {
  if (!isAbsent(error)) throw error;
}
