import type { Socket } from 'node:net';
import { assert } from '../../base/assert.ts';
import { transportLimits } from '../../base/limits.ts';
import type { Transport, TransportEvents } from '../../base/transport.ts';
import { takeOut } from './hand-over.ts';

type WriteDone = (failed: boolean) => void;

export interface Addresses {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
}

/**
 * A Transport over a net.Socket. What is written between `cork` and `uncork` goes out in one system call: small pieces
 * are copied together, long ones are handed over where they lie. (Measured on Node 26, ten 50-byte replies a turn:
 * 4.6 us each written singly, 0.8 corked, 0.5 copied together; the bare handle under the socket is no faster.)
 */
export class SocketTransport implements Transport {
  remoteAddress = '';
  remotePort = 0;
  localAddress = '';
  localPort = 0;
  #socket: Socket | null = null;
  #events: TransportEvents | null = null;
  #corks = 0;
  /** Made with `onread`: its handle is the connection itself, and not a cipher over it. */
  #lands = false;
  #reading = true;
  #ending = false;
  #closed = false;
  #error: Error | undefined;
  #unsentBytes = 0;
  /** Written while corked. */
  #held: Uint8Array[] = [];
  #heldDone: (WriteDone | undefined)[] = [];
  /** Handed to the socket and not yet called back, oldest first. */
  readonly #sent: SentFifo = new SentFifo();
  readonly #onWritten = (): void => this.#written();

  setAddresses(addresses: Addresses): void {
    this.remoteAddress = addresses.remoteAddress;
    this.remotePort = addresses.remotePort;
    this.localAddress = addresses.localAddress;
    this.localPort = addresses.localPort;
  }

  /** Who is told. To be set before a socket is attached, which asks for the first landing place. */
  setEvents(events: TransportEvents): void {
    this.#events = events;
  }

  /** What a socket that reads into our memory is made with. */
  onread(): { buffer: () => Uint8Array; callback: (length: number) => boolean } {
    const events = this.#events;
    assert(events !== null, 'events are set before a socket is made');
    return {
      buffer: () => events.landing(),
      callback: (length) => {
        if (!this.#closed && !this.#socket?.destroyed) events.received(length);
        return true;
      },
    };
  }

  /** Takes a socket over. `lands` = it was made with `onread`; else its chunks are copied to the landing place. */
  attach(socket: Socket, lands: boolean): void {
    const events = this.#events;
    assert(this.#socket === null && events !== null, 'one socket, and events for it');
    this.#socket = socket;
    this.#lands = lands;
    socket.on('error', (error: Error) => {
      this.#error = error;
    });
    socket.on('end', () => events.ended());
    socket.on('close', () => this.#gone());
    if (!lands) socket.on('data', (chunk: Uint8Array) => this.#copyIn(chunk));
    if (this.#reading) socket.resume();
    else socket.pause();
    if (this.#corks === 0) this.#flush();
    if (this.#ending) socket.end();
  }

  cork(): void {
    this.#corks++;
  }

  uncork(): void {
    assert(this.#corks > 0, 'uncork without cork');
    if (--this.#corks === 0) this.#flush();
  }

  write(bytes: Uint8Array, done?: WriteDone): void {
    if (this.#ending || this.#closed) {
      done?.(true);
      return;
    }
    this.#unsentBytes += bytes.length;
    this.#held.push(bytes);
    this.#heldDone.push(done);
    if (this.#corks === 0) this.#flush();
  }

  unsentBytes(): number {
    return this.#unsentBytes;
  }

  pauseReading(): void {
    this.#reading = false;
    this.#socket?.pause();
  }

  resumeReading(): void {
    this.#reading = true;
    this.#socket?.resume();
  }

  end(): void {
    if (this.#ending || this.#closed) return;
    this.#ending = true;
    this.#flush();
    this.#socket?.end();
  }

  takeOut(): number | null {
    const socket = this.#socket;
    if (socket === null || socket.destroyed || this.#ending || !this.#lands) return null;
    assert(this.#unsentBytes === 0, 'what is unsent would be lost');
    const fd = takeOut(socket);
    if (fd !== null) this.#ending = true;
    return fd;
  }

  destroy(reset = false): void {
    this.#ending = true;
    const socket = this.#socket;
    if (socket === null || socket.destroyed) return;
    if (reset) socket.resetAndDestroy();
    else socket.destroy();
  }

  #flush(): void {
    const held = this.#held;
    const socket = this.#socket;
    if (held.length === 0 || socket === null) return;
    const heldDone = this.#heldDone;
    this.#held = [];
    this.#heldDone = [];
    if (socket.destroyed) {
      // The socket's close, which is still to come, fails what is in the fifo.
      for (let index = 0; index < held.length; index++) this.#sent.push(held[index]!.length, heldDone[index]);
      return;
    }
    if (held.length === 1) {
      this.#send(socket, held[0]!, heldDone[0]);
      return;
    }
    socket.cork();
    for (let index = 0; index < held.length; ) {
      const end = gatherableEnd(held, index);
      if (end - index < 2) {
        this.#send(socket, held[index]!, heldDone[index]);
        heldDone[index++] = undefined;
      } else {
        this.#send(socket, joined(held, index, end), undefined);
        index = end;
      }
    }
    socket.uncork();
    // What was copied is free. Told only now: who is told may write again, and that must come after all of this.
    for (let index = 0; index < heldDone.length; index++) heldDone[index]?.(false);
  }

  #send(socket: Socket, bytes: Uint8Array, done: WriteDone | undefined): void {
    this.#sent.push(bytes.length, done);
    socket.write(bytes, this.#onWritten);
  }

  /** The oldest write is done. A socket that was destroyed calls back in no certain order: its close settles them all. */
  #written(): void {
    if (this.#closed || this.#socket?.destroyed || this.#sent.length === 0) return;
    const done = this.#sent.oldestDone;
    this.#unsentBytes -= this.#sent.shift();
    done?.(false);
    if (this.#unsentBytes === 0) this.#events?.drained?.();
  }

  #gone(): void {
    this.#closed = true;
    this.#ending = true;
    while (this.#sent.length > 0) {
      const done = this.#sent.oldestDone;
      this.#sent.shift();
      done?.(true);
    }
    const heldDone = this.#heldDone;
    this.#held = [];
    this.#heldDone = [];
    for (const done of heldDone) done?.(true);
    this.#unsentBytes = 0;
    this.#events?.closed(this.#error);
  }

  #copyIn(chunk: Uint8Array): void {
    const events = this.#events!;
    for (let offset = 0; offset < chunk.length; ) {
      if (this.#closed || this.#socket!.destroyed) return;
      if (!this.#reading) {
        this.#socket!.unshift(chunk.subarray(offset));
        return;
      }
      const landing = events.landing();
      const length = Math.min(landing.length, chunk.length - offset);
      assert(length > 0, 'a landing place has room');
      landing.set(chunk.subarray(offset, offset + length));
      offset += length;
      events.received(length);
    }
  }
}

/** Lengths and callbacks in the order of the writes, without an object a write. */
class SentFifo {
  #bytes: number[] = [];
  #dones: (WriteDone | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#bytes.length - this.#head;
  }

  get oldestDone(): WriteDone | undefined {
    return this.#dones[this.#head];
  }

  push(bytes: number, done: WriteDone | undefined): void {
    this.#bytes.push(bytes);
    this.#dones.push(done);
  }

  /** Removes the oldest and answers its bytes. */
  shift(): number {
    const bytes = this.#bytes[this.#head]!;
    this.#dones[this.#head++] = undefined;
    if (this.#head === this.#bytes.length) {
      this.#bytes.length = 0;
      this.#dones.length = 0;
      this.#head = 0;
    } else if (this.#head >= 1024 && this.#head * 2 >= this.#bytes.length) {
      this.#bytes = this.#bytes.slice(this.#head);
      this.#dones = this.#dones.slice(this.#head);
      this.#head = 0;
    }
    return bytes;
  }
}

/** Where the run of small pieces ends that starts at `start`. */
function gatherableEnd(pieces: readonly Uint8Array[], start: number): number {
  let bytes = 0;
  let end = start;
  for (; end < pieces.length; end++) {
    const { length } = pieces[end]!;
    if (length > transportLimits.gatherBytes || bytes + length > transportLimits.gatherBufferBytes) break;
    bytes += length;
  }
  return end;
}

function joined(pieces: readonly Uint8Array[], start: number, end: number): Uint8Array {
  let bytes = 0;
  for (let index = start; index < end; index++) bytes += pieces[index]!.length;
  const all = Buffer.allocUnsafe(bytes);
  for (let index = start, offset = 0; index < end; index++) {
    all.set(pieces[index]!, offset);
    offset += pieces[index]!.length;
  }
  return all;
}
