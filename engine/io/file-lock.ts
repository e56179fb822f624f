import { readFile, stat } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { errnoOf } from './disk/errors.ts';

export interface FileLock {
  release(): void;
}

/** SQLite's answer when somebody else has the lock. */
const sqliteBusy = 5;

/**
 * Takes an exclusive POSIX lock (fcntl) on a file, which is made where it is absent and never written to. Node has no
 * call for it, but the SQLite inside Node locks its database file so: bytes from 2^30 on, which lie within the whole-file
 * lock of Java's FileChannel.tryLock. So each refuses the other. `unsupported` = this Node has no SQLite.
 */
export async function lockFile(path: string): Promise<FileLock | 'held' | 'unsupported'> {
  const sqlite = await loadSqlite();
  if (sqlite === null) return 'unsupported';
  let database: DatabaseSync | null = null;
  try {
    database = new sqlite.DatabaseSync(path, { timeout: 0 });
    // A journal in memory: nothing is ever written, but a journal file would be made beside the lock.
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (isBusy(error)) return 'held';
    throw error;
  }
  const locked = database;
  return { release: () => locked.close() };
}

/** The process that holds a POSIX lock on a file, or null where there is none or no telling (other systems than Linux). */
export async function lockHolder(path: string): Promise<number | null> {
  try {
    const { ino } = await stat(path, { bigint: true });
    return holderIn(await readFile('/proc/locks', 'utf8'), ino);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Reads lines like `1: POSIX  ADVISORY  WRITE 21651 fe:00:9988372 0 EOF`. Only the inode is compared: the device there
 * is the file system's own and differs from what stat tells on some (btrfs).
 */
export function holderIn(locks: string, inode: bigint): number | null {
  for (const line of locks.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[1] !== 'POSIX' || words[5]?.split(':')[2] !== String(inode)) continue;
    const pid = Number(words[4]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  }
  return null;
}

async function loadSqlite(): Promise<typeof import('node:sqlite') | null> {
  try {
    return await import('node:sqlite');
  } catch (error) {
    if (errnoOf(error) === 'ERR_UNKNOWN_BUILTIN_MODULE') return null;
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === sqliteBusy;
}
