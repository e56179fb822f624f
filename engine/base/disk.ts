/**
 * One log directory as the engine sees it. Paths are relative to the directory's root.
 *
 * Every operation ends in exactly one call of `done`, on this thread: before the call returns when the directory answers
 * at memory speed, or from a later event. Callers must bear both. Nothing is retried, and `done` never throws for a
 * failure of the disk: it gets a DiskError.
 */
export interface Disk {
  /** Names the directory in messages: its absolute path. */
  readonly root: string;
  /** False once an operation failed in a way that makes the directory's content doubtful. It never becomes true again. */
  isOnline(): boolean;
  /** Takes the directory offline: every later operation fails with EOFFLINE. */
  fail(reason: string): void;

  /** Names a file. No descriptor is opened before the first use; a file that does not exist is created by the first write. */
  file(path: string): DiskFile;
  /** One gathered write; at most one in flight a file. A short write is a failure (ESHORT) and its bytes are unspecified. */
  write(file: DiskFile, positionBytes: number, buffers: readonly Uint8Array[], done: Done<number>): void;
  /** Reads into `into`; answers the bytes read, fewer only at the end of the file. `recent` = bytes written a moment ago. */
  read(file: DiskFile, positionBytes: number, into: Uint8Array, recent: boolean, done: Done<number>): void;
  /** fdatasync. A failure takes the directory offline: it is never retried. */
  sync(file: DiskFile, done: Done<void>): void;
  truncate(file: DiskFile, sizeBytes: number, done: Done<void>): void;
  /** Gives the file's descriptor back when nothing is in flight on it. The DiskFile must not be used again. */
  close(file: DiskFile, done: Done<void>): void;

  /** Size in bytes, or -1 where there is no such file. */
  size(path: string, done: Done<number>): void;
  /** Entries of a directory, sorted by name; an absent directory is ENOENT. */
  list(path: string, done: Done<readonly DirectoryEntry[]>): void;
  /** The whole of a small file; EFBIG over `maxBytes`. */
  readFile(path: string, maxBytes: number, done: Done<Uint8Array>): void;
  /** Replaces a small file so that a crash leaves the old or the new one: temporary, fsync, rename, fsync of the directory. */
  replaceFile(path: string, bytes: Uint8Array, done: Done<void>): void;
  /** Renames a file or directory, and makes the new name durable. Named DiskFiles follow. */
  rename(from: string, to: string, done: Done<void>): void;
  /** Removes a file; an absent one is no error. */
  remove(path: string, done: Done<void>): void;
  /** Makes a directory (and its parents) and makes its name durable; an existing one is no error. */
  makeDirectory(path: string, done: Done<void>): void;
  /** Removes a directory with all that is in it; an absent one is no error. */
  removeDirectory(path: string, done: Done<void>): void;
  /** Makes the names in a directory durable. */
  syncDirectory(path: string, done: Done<void>): void;
}

/** `value` is meaningful only when `error` is null. */
export type Done<T> = (error: DiskError | null, value: T) => void;

/** A file of one Disk, owned by one thread. */
export interface DiskFile {
  readonly path: string;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

export type DiskErrorCode =
  | 'ENOSPC'
  | 'EIO'
  | 'ENOENT'
  | 'EEXIST'
  | 'EACCES'
  | 'EMFILE'
  | 'EFBIG'
  | 'ENOTDIR'
  | 'EISDIR'
  | 'EROFS'
  | 'ESHORT'
  | 'EOFFLINE'
  | 'EOTHER';

export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly code: DiskErrorCode;
  readonly operation: string;
  readonly path: string;

  constructor(code: DiskErrorCode, operation: string, path: string, detail = '') {
    super(`${operation} ${path}: ${code}${detail === '' ? '' : ` (${detail})`}`);
    this.code = code;
    this.operation = operation;
    this.path = path;
  }
}
