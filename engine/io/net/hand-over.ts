import { Socket } from 'node:net';
import { duplicateDescriptor } from '../../../native-bindings/descriptors.ts';

/**
 * The kernel deals connections to the threads that listen on a port by a hash: of four on two threads all four are one
 * thread's in one case of seven. So a thread that has more than its share gives a connection that it accepted to another:
 * under another descriptor, for each thread closes its own numbers.
 */
export interface HandOver {
  /** Whether the next connection is another thread's. */
  isWanted(): boolean;
  /** Takes a descriptor, and has to see that it is closed in the end. */
  give(fd: number, remoteAddress: string): void;
}

/** Takes the connection out of this thread, without an effect on it. Null: it has to stay. */
export function takeOut(socket: Socket): number | null {
  const { _handle: handle } = socket as unknown as { readonly _handle: { readonly fd?: number } | null };
  const fd = handle?.fd;
  if (fd === undefined || fd < 0) return null;
  const taken = duplicateDescriptor(fd);
  if (taken !== null) socket.destroy();
  return taken;
}

/**
 * The connection in this thread, paused, under a descriptor of its own; null where there is none to be had. Its options
 * (no delay, keep alive) are the kernel's and came with it.
 */
export function takeIn(fd: number): Socket | null {
  const own = duplicateDescriptor(fd);
  if (own === null) return null;
  const options = { fd: own, allowHalfOpen: true, pauseOnCreate: true };
  return new Socket(options as ConstructorParameters<typeof Socket>[0]);
}
