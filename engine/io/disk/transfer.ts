import fs from 'node:fs';

/** One gathered write, now. Answers the bytes written; libuv splits what is over IOV_MAX. Throws Node's errors. */
export function writeNow(fd: number, positionBytes: number, buffers: readonly Uint8Array[]): number {
  if (buffers.length !== 1) return fs.writevSync(fd, buffers, positionBytes);
  const buffer = buffers[0]!;
  return fs.writeSync(fd, buffer, 0, buffer.length, positionBytes);
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
