import { Socket } from 'node:net';

/**
 * The one place that knows what lies under a net.Socket. A server's sockets copy each read into a fresh Buffer; the
 * same handle in a socket made with `onread` lets the kernel read into memory of ours, three to five times faster.
 */
interface StreamHandle {
  useUserBuffer(buffer: Uint8Array): void;
}

export interface OnRead {
  readonly buffer: () => Uint8Array;
  readonly callback: (length: number) => boolean;
}

/**
 * Moves an accepted connection, paused since (`pauseOnConnect`), into a socket that reads into our memory. Null where
 * this Node or this kind of socket has no such handle: the caller goes on with the socket that it has.
 */
export function rewrap(accepted: Socket, onread: () => OnRead): Socket | null {
  const shell = accepted as unknown as { _handle: unknown };
  const handle = shell._handle;
  if (!isStreamHandle(handle)) return null;
  // Without its handle the accepted socket closes nothing when it is destroyed, but its server counts it out: that keeps
  // maxConnections and close() of the server right.
  shell._handle = null;
  accepted.destroy();
  const options = { handle, onread: onread(), allowHalfOpen: true };
  return new Socket(options as unknown as ConstructorParameters<typeof Socket>[0]);
}

function isStreamHandle(handle: unknown): handle is StreamHandle {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    'useUserBuffer' in handle &&
    typeof handle.useUserBuffer === 'function'
  );
}
