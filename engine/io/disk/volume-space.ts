import { statfs } from 'node:fs';

/** Size of the volume that a path is on, and what of it may still be written without privileges; undefined on failure. */
export function volumeSpace(
  path: string,
  answered: (space: { readonly totalBytes: number; readonly usableBytes: number } | undefined) => void,
): void {
  statfs(path, (error, found) => {
    if (error !== null) answered(undefined);
    else answered({ totalBytes: found.blocks * found.bsize, usableBytes: found.bavail * found.bsize });
  });
}
