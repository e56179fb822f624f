import { assert } from '../base/assert.ts';
import type { ThreadIndex } from '../base/brands.ts';
import { joinedBytes } from '../base/joined-bytes.ts';
import { limits } from '../base/limits.ts';
import { type Arena, type ArenaDescription, arenaClass, type ChunkRef } from '../ring/arena.ts';
import { ArenaView } from '../ring/arena-view.ts';
import { applyChunkReturn, ChunkReturns } from '../ring/chunk-returns.ts';
import { ringDoorbell } from '../ring/doorbell.ts';
import { descriptorWord } from '../ring/layout.ts';
import { PeerSender } from '../ring/peer-sender.ts';
import { RingConsumer } from '../ring/ring.ts';
import { kind } from './kinds.ts';
import { OversizeRegion } from './oversize.ts';

/** What joins two threads, as one of them is given it. */
export interface LinkDescription {
  readonly thread: ThreadIndex;
  readonly outbound: SharedArrayBuffer;
  readonly inbound: SharedArrayBuffer;
  readonly arena: ArenaDescription;
  readonly oversize: SharedArrayBuffer;
  /** Grows with every death of one of the two: the same number names the same rings. */
  readonly epoch: number;
}

export interface MeshDescription {
  readonly self: ThreadIndex;
  readonly doorbells: SharedArrayBuffer;
  readonly credits: number;
  readonly controlSlots: number;
  readonly links: readonly LinkDescription[];
  /** This thread's own. */
  readonly oversize: SharedArrayBuffer;
}

/** Encodes control messages (msgpackr in production). */
export interface MessageCodec {
  encode(message: object): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

export interface MeshOptions {
  readonly arena: Arena;
  readonly codec: MessageCodec;
  readonly view: (buffer: SharedArrayBuffer) => Uint8Array;
  readonly onControl: (peer: ThreadIndex, message: unknown) => void;
}

/** A control message, or a part of one. */
interface ControlPiece {
  readonly bytes: Uint8Array;
  /** The message goes on with the next piece. */
  readonly isPart: boolean;
}

/** A descriptor's handler: reads its words before it returns. */
export type DescriptorHandler = (link: Link, words: Int32Array, position: number) => void;

/** One peer: the ring there and the ring back, its arena, and what waits to be sent to it. */
export class Link {
  readonly thread: ThreadIndex;
  readonly epoch: number;
  /** The peer died. Whoever still holds this link may write to it, and nobody reads it. */
  isDead = false;
  readonly sender: PeerSender;
  readonly consumer: RingConsumer;
  readonly arena: ArenaView;
  /** The peer's arena as words: a byte offset divided by four is an index. */
  readonly arenaWords: Int32Array;
  readonly oversize: SharedArrayBuffer;
  readonly returns: ChunkReturns;
  /** What our outstanding requests are about, by slot of their token. */
  readonly pending: (unknown | undefined)[];
  /** Encoded control messages that found no room, oldest first. */
  readonly controlQueue: ControlPiece[] = [];
  /** What has come of a message that is larger than a piece. */
  readonly inboundPieces: Uint8Array[] = [];
  /** Descriptors without a chunk that wait for a control slot: kind and three arguments each. */
  readonly smallQueue: number[] = [];

  constructor(description: LinkDescription, mesh: MeshDescription, view: (buffer: SharedArrayBuffer) => Uint8Array) {
    this.thread = description.thread;
    this.epoch = description.epoch;
    this.sender = new PeerSender(description.outbound, mesh.credits, mesh.controlSlots);
    this.consumer = new RingConsumer(description.inbound);
    this.arena = new ArenaView(description.arena, view);
    this.oversize = description.oversize;
    this.arenaWords = new Int32Array(description.arena.buffer);
    this.returns = new ChunkReturns(
      description.arena.slabs * (description.arena.largestBytes / description.arena.smallestBytes),
    );
    this.pending = new Array(mesh.credits).fill(undefined);
  }
}

/** This thread's end of every ring: drained at the start of a turn, published at its end. Nothing here waits. */
export class Mesh {
  readonly self: ThreadIndex;
  readonly arena: Arena;
  readonly arenaWords: Int32Array;
  readonly links: Link[];
  readonly oversize: OversizeRegion;
  /** Told when something was written that only `publish` shows to its reader. */
  onWrote: () => void = () => {};
  private readonly byThread: (Link | undefined)[] = [];
  private readonly handlers: (DescriptorHandler | undefined)[] = [];
  private readonly doorbells: Int32Array;
  private readonly options: MeshOptions;
  private readonly description: MeshDescription;

  constructor(description: MeshDescription, options: MeshOptions) {
    this.self = description.self;
    this.description = description;
    this.options = options;
    this.arena = options.arena;
    this.arenaWords = new Int32Array(options.arena.description.buffer);
    this.doorbells = new Int32Array(description.doorbells);
    this.links = description.links.map((link) => new Link(link, description, options.view));
    for (const link of this.links) this.byThread[link.thread] = link;
    this.oversize = new OversizeRegion(description.oversize);
    this.handle(kind.oversizeTaken, (link) => this.oversize.taken(link));
    this.handle(kind.chunkReturn, (link, words, position) =>
      applyChunkReturn(words, position, this.arena, link.thread),
    );
    this.handle(kind.control, (link, words, position) => this.receiveControl(link, words, position));
  }

  /**
   * The thread died and was started again. Whatever its last incarnation held of this thread's chunks is free. Answers the
   * dead link: callers fail what they had asked by it. Undefined: these rings are in use already (both ends died, and this
   * one was given the new rings at its start).
   */
  renew(description: LinkDescription): Link | undefined {
    const dead = this.link(description.thread);
    if (dead.epoch === description.epoch) return undefined;
    dead.isDead = true;
    this.arena.sweep(description.thread);
    const link = new Link(description, this.description, this.options.view);
    this.links[this.links.indexOf(dead)] = link;
    this.byThread[description.thread] = link;
    return dead;
  }

  link(thread: ThreadIndex): Link {
    const link = this.byThread[thread];
    assert(link !== undefined, 'mesh: no such thread');
    return link;
  }

  handle(descriptorKind: number, handler: DescriptorHandler): void {
    this.handlers[descriptorKind] = handler;
  }

  /** Handles at most `limit` descriptors of each peer. True: there may be more. */
  drain(limit: number): boolean {
    let more = false;
    for (const link of this.links) {
      const { consumer } = link;
      let left = limit;
      for (let position = consumer.peek(); position !== -1; position = consumer.peek()) {
        if (left-- === 0) {
          more = true;
          break;
        }
        const handler = this.handlers[consumer.words[position + descriptorWord.kind]!];
        assert(handler !== undefined, 'mesh: a descriptor of no known kind');
        handler(link, consumer.words, position);
        consumer.advance();
      }
    }
    return more;
  }

  /** Whether something that this thread asked of others is not answered yet. */
  isWaiting(): boolean {
    for (const link of this.links) if (link.sender.credits.outstanding > 0) return true;
    return false;
  }

  hasInbound(): boolean {
    for (const link of this.links) if (link.consumer.peek() !== -1) return true;
    return false;
  }

  /** Shows the peers what this turn wrote, and wakes those that sleep. True: something found no room and waits. */
  publish(): boolean {
    let waiting = false;
    for (const link of this.links) {
      if (!link.returns.flush(link.sender)) waiting = true;
      if (!this.flushSmall(link)) waiting = true;
      if (!this.flushControl(link)) waiting = true;
      if (link.sender.publish()) ringDoorbell(this.doorbells, link.thread);
    }
    return waiting;
  }

  /**
   * Sends a control message; it leaves at the end of the turn, in order with the others to that thread, in pieces where it
   * is large. False: it is larger than any may be (a client can make it so), and nothing is sent.
   */
  sendControl(thread: ThreadIndex, message: object): boolean {
    const bytes = this.options.codec.encode(message);
    if (bytes.length > limits.controlMessageBytes) return false;
    const { controlQueue } = this.link(thread);
    const step = limits.controlPieceBytes;
    for (let from = 0; from < bytes.length; from += step) {
      controlQueue.push({ bytes: bytes.subarray(from, from + step), isPart: from + step < bytes.length });
    }
    this.onWrote();
    return true;
  }

  /** Sends a descriptor with three numbers and no chunk, on a control slot. */
  sendSmall(link: Link, descriptorKind: number, first: number, second = 0, third = 0): void {
    link.smallQueue.push(descriptorKind, first, second, third);
    this.onWrote();
  }

  /** Remembers what a request is about until its completion comes. */
  remember(link: Link, token: number, about: unknown): void {
    link.pending[token & 0xffff] = about;
  }

  /** Position of a completion whose words are still to be filled in. */
  reserveCompletion(link: Link, token: number): number {
    this.onWrote();
    return link.sender.reserveCompletion(token);
  }

  /** Position of a request, or -1: no credit. */
  reserveRequest(link: Link): number {
    this.onWrote();
    return link.sender.reserveRequest();
  }

  /** This thread is done with a chunk of the peer's. */
  giveBack(link: Link, chunk: ChunkRef): void {
    if (link.isDead) return;
    link.returns.add(chunk);
    this.onWrote();
  }

  /** What the completed request was about; its credit is free again. */
  complete(link: Link, token: number): unknown {
    const slot = token & 0xffff;
    const about = link.pending[slot];
    assert(about !== undefined, 'mesh: a completion of nothing');
    link.pending[slot] = undefined;
    link.sender.release(token);
    return about;
  }

  /** Encodes a message into a control chunk of ours that the peer will give back; -1 where none can be had. */
  sendMessage(link: Link, message: object): { readonly chunk: ChunkRef; readonly length: number } {
    const bytes = this.options.codec.encode(message);
    const chunk = this.arena.alloc(bytes.length, arenaClass.control);
    if (chunk === -1) return { chunk, length: 0 };
    this.arena.bytes.set(bytes, this.arena.offsetOf(chunk));
    this.handOver(chunk, link);
    return { chunk, length: bytes.length };
  }

  /** Decodes a message that a peer put into a chunk of its own, and gives the chunk back. */
  receiveMessage(link: Link, chunk: ChunkRef, length: number): unknown {
    const message = this.options.codec.decode(link.arena.view(chunk, 0, length).slice());
    this.giveBack(link, chunk);
    return message;
  }

  /** Copies out what a peer put into its oversize region, and tells it so. */
  takeOversize(link: Link, length: number): Uint8Array {
    const bytes = new Uint8Array(link.oversize, 0, length).slice();
    this.sendSmall(link, kind.oversizeTaken, 0);
    return bytes;
  }

  private flushSmall(link: Link): boolean {
    const queue = link.smallQueue;
    let taken = 0;
    for (; taken < queue.length; taken += 4) {
      const position = link.sender.reserveControl();
      if (position === -1) break;
      const { words } = link.sender;
      words[position + descriptorWord.kind] = queue[taken]!;
      words[position + descriptorWord.argument] = queue[taken + 1]!;
      words[position + descriptorWord.argument + 1] = queue[taken + 2]!;
      words[position + descriptorWord.argument + 2] = queue[taken + 3]!;
    }
    if (taken > 0) queue.splice(0, taken);
    return queue.length === 0;
  }

  private flushControl(link: Link): boolean {
    const queue = link.controlQueue;
    let sent = 0;
    while (sent < queue.length && this.pushControl(link, queue[sent]!)) sent += 1;
    if (sent > 0) queue.splice(0, sent);
    return queue.length === 0;
  }

  private pushControl(link: Link, { bytes, isPart }: ControlPiece): boolean {
    const chunk = this.arena.alloc(bytes.length, arenaClass.control);
    if (chunk === -1) return false;
    const position = link.sender.reserveControl();
    if (position === -1) {
      this.arena.release(chunk, this.self);
      return false;
    }
    this.arena.bytes.set(bytes, this.arena.offsetOf(chunk));
    this.handOver(chunk, link);
    const { words } = link.sender;
    words[position + descriptorWord.kind] = kind.control;
    words[position + descriptorWord.chunk] = chunk;
    words[position + descriptorWord.length] = bytes.length;
    words[position + descriptorWord.argument] = isPart ? 1 : 0;
    return true;
  }

  /** The count that this thread holds becomes the peer's. A dead peer takes none: it would never be given back. */
  handOver(chunk: ChunkRef, link: Link): void {
    if (!link.isDead) this.arena.hold(chunk, link.thread);
    this.arena.release(chunk, this.self);
  }

  private receiveControl(link: Link, words: Int32Array, position: number): void {
    const chunk = words[position + descriptorWord.chunk]!;
    const bytes = link.arena.view(chunk, 0, words[position + descriptorWord.length]!).slice();
    this.giveBack(link, chunk);
    const { inboundPieces } = link;
    inboundPieces.push(bytes);
    if (words[position + descriptorWord.argument] === 1) return;
    const message = inboundPieces.length === 1 ? bytes : joinedBytes(inboundPieces);
    inboundPieces.length = 0;
    this.options.onControl(link.thread, this.options.codec.decode(message));
  }
}
