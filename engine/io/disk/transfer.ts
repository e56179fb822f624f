import fs from 'node:fs';
import { diskLimits } from '../../base/limits.ts';

/** Where the call that begins with buffer `from` ends: with one buffer, or with as many as are no more than `writeBytes`. */
function pieceEnd(buffers: readonly Uint8Array[], from: number): number {
  let bytes = 0;
  let end = from;
  while (end < buffers.length && ((bytes += buffers[end]!.length) <= diskLimits.writeBytes || end === from)) end++;
  return end;
}

/** Gathered writes, now. Answers the bytes written, fewer when a call came up short. Throws Node's errors. */
export function writeNow(fd: number, positionBytes: number, buffers: readonly Uint8Array[]): number {
  let written = 0;
  for (let from = 0; from < buffers.length; ) {
    const end = pieceEnd(buffers, from);
    const piece = from === 0 && end === buffers.length ? buffers : buffers.slice(from, end);
    const wanted = piece.length === 1 ? piece[0]!.length : totalBytes(piece);
    const position = positionBytes + written;
    const length =
      piece.length === 1 ? fs.writeSync(fd, piece[0]!, 0, wanted, position) : fs.writevSync(fd, piece, position);
    written += length;
    if (length !== wanted) break;
    from = end;
  }
  return written;
}

/** The same through the pool. */
export function writePooled(
  fd: number,
  positionBytes: number,
  buffers: readonly Uint8Array[],
  done: (error: Error | null, written: number) => void,
  from = 0,
  before = 0,
): void {
  const end = pieceEnd(buffers, from);
  const piece = buffers.slice(from, end);
  fs.writev(fd, piece, positionBytes + before, (error, length) => {
    const written = before + (error === null ? length : 0);
    if (error !== null || length !== totalBytes(piece) || end === buffers.length) done(error, written);
    else writePooled(fd, positionBytes, buffers, done, end, written);
  });
}

/** Reads, now, until `into` is full or the file ends. Answers the bytes read. Throws Node's errors. */
export function readNow(fd: number, positionBytes: number, into: Uint8Array): number {
  let length = 0;
  while (length < into.length) {
    const read = fs.readSync(fd, into, length, into.length - length, positionBytes + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** Reads through the pool until `into` is full or the file ends. */
export function readFully(
  fd: number,
  positionBytes: number,
  into: Uint8Array,
  done: (error: Error | null, length: number) => void,
  offset = 0,
): void {
  fs.read(fd, into, offset, into.length - offset, positionBytes + offset, (error, read) => {
    const length = offset + (error === null ? read : 0);
    if (error !== null || read === 0 || length === into.length) done(error, length);
    else readFully(fd, positionBytes, into, done, length);
  });
}

export function totalBytes(buffers: readonly Uint8Array[]): number {
  let bytes = 0;
  for (let index = 0; index < buffers.length; index++) bytes += buffers[index]!.length;
  return bytes;
}
