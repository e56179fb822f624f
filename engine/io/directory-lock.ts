import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { errnoOf } from './disk/errors.ts';
import { type FileLock, lockFile, lockHolder } from './file-lock.ts';

/** A log directory is in use. The message is one line, fit to be the last one that a process says. */
export class DirectoryLockError extends Error {
  override readonly name = 'DirectoryLockError';
  readonly directory: string;
  /** `held`: by another process, or twice by this one. `unavailable`: the lock could not be tried. */
  readonly reason: 'held' | 'unavailable';

  constructor(reason: 'held' | 'unavailable', directory: string, detail: string) {
    super(`log directory ${directory} ${detail}`);
    this.reason = reason;
    this.directory = directory;
  }
}

export interface DirectoryLock {
  readonly directory: string;
  release(): Promise<void>;
}

/**
 * Locks log directories, all or none, before any file in them is opened; the kernel frees the locks when the process
 * dies, however it dies. Two locks each: on Linux a listening socket with an abstract name made of the directory's device
 * and inode, which leaves no trace on disk; and the POSIX lock on `.lock` that Apache Kafka takes, which keeps Apache
 * Kafka and us from each other and works on other systems too. Rejects with DirectoryLockError.
 *
 * While they are held no other code of this process may open `.lock`: closing any descriptor of a file gives up the
 * process's POSIX locks on it.
 */
export async function lockDirectories(directories: readonly string[]): Promise<DirectoryLock[]> {
  const locks: HeldLock[] = [];
  try {
    // All sockets first: a second start of ours is refused before a file is touched.
    for (const directory of directories) {
      locks.push(new HeldLock(directory, process.platform === 'linux' ? await lockName(directory) : null));
    }
    for (const lock of locks) lock.fileLock = await takeFileLock(lock.directory);
  } catch (error) {
    await Promise.all(locks.map((lock) => lock.release()));
    throw error;
  }
  return locks;
}

/** Locks one log directory, as `lockDirectories` does. */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const [lock] = await lockDirectories([directory]);
  return lock!;
}

class HeldLock implements DirectoryLock {
  readonly directory: string;
  fileLock: FileLock | null = null;
  readonly #socket: Server | null;

  constructor(directory: string, socket: Server | null) {
    this.directory = directory;
    this.#socket = socket;
  }

  async release(): Promise<void> {
    this.fileLock?.release();
    this.fileLock = null;
    if (this.#socket?.listening) await new Promise((resolve) => this.#socket!.close(resolve));
  }
}

async function takeFileLock(directory: string): Promise<FileLock | null> {
  const path = `${directory}/.lock`;
  try {
    const lock = await lockFile(path);
    if (lock === 'held') throw await held(directory);
    if (lock !== 'unsupported') return lock;
  } catch (error) {
    if (error instanceof DirectoryLockError) throw error;
    throw new DirectoryLockError('unavailable', directory, `cannot be locked: ${messageOf(error)}`);
  }
  // Without POSIX locks of our own the socket keeps us apart, and the kernel's list tells of Apache Kafka.
  if (process.platform !== 'linux') {
    throw new DirectoryLockError('unavailable', directory, 'cannot be locked: this Node is built without node:sqlite');
  }
  if ((await lockHolder(path)) !== null) throw await held(directory);
  return null;
}

/** An abstract name belongs to who listens on it, and is gone with the process. */
async function lockName(directory: string): Promise<Server> {
  let name: string;
  try {
    const { dev, ino } = await stat(directory, { bigint: true });
    name = `\0millrace-log-directory-${dev}-${ino}`;
  } catch (error) {
    throw new DirectoryLockError('unavailable', directory, `cannot be locked: ${messageOf(error)}`);
  }
  const server = createServer((socket) => socket.destroy());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ path: name }, resolve);
    });
  } catch (error) {
    if (errnoOf(error) === 'EADDRINUSE') throw await held(directory);
    throw new DirectoryLockError('unavailable', directory, `cannot be locked: ${messageOf(error)}`);
  }
  server.unref();
  return server;
}

async function held(directory: string): Promise<DirectoryLockError> {
  const pid = await lockHolder(`${directory}/.lock`);
  if (pid === null) return new DirectoryLockError('held', directory, 'is in use by another process');
  if (pid === process.pid) return new DirectoryLockError('held', directory, 'is in use by this process already');
  return new DirectoryLockError('held', directory, `is in use by process ${pid}${await commandOf(pid)}`);
}

async function commandOf(pid: number): Promise<string> {
  try {
    return ` (${(await readFile(`/proc/${pid}/comm`, 'utf8')).trim()})`;
  } catch (error) {
    // It ended meanwhile, or belongs to somebody else: the number has to do.
    if (errnoOf(error) !== '') return '';
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
