import { DiskError, type DiskErrorCode } from '../../base/disk.ts';

/** What the kernel calls a failure, in the engine's closed set. Everything not named here is EOTHER. */
const codeOf: Readonly<Record<string, DiskErrorCode>> = {
  ENOSPC: 'ENOSPC',
  EDQUOT: 'ENOSPC',
  EIO: 'EIO',
  ENXIO: 'EIO',
  ENODEV: 'EIO',
  ESTALE: 'EIO',
  ENOENT: 'ENOENT',
  EEXIST: 'EEXIST',
  ENOTEMPTY: 'EEXIST',
  EACCES: 'EACCES',
  EPERM: 'EACCES',
  EMFILE: 'EMFILE',
  ENFILE: 'EMFILE',
  EFBIG: 'EFBIG',
  ENOTDIR: 'ENOTDIR',
  EISDIR: 'EISDIR',
  EROFS: 'EROFS',
};

/** Turns what node:fs threw or called back with into a DiskError; one that is a DiskError already stays as it is. */
export function toDiskError(error: unknown, operation: string, path: string): DiskError {
  if (error instanceof DiskError) return error;
  const code = errnoOf(error);
  return new DiskError(
    codeOf[code] ?? 'EOTHER',
    operation,
    path,
    error instanceof Error ? error.message : String(error),
  );
}

/** The errno name that Node puts on its errors, or an empty string. */
export function errnoOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
