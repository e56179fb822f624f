import type { ThreadIndex } from '../../base/brands.ts';
import { type ProduceDetail, produceEntry, produceEntryWords } from '../../base/produce-entry.ts';
import { getWide, putWide } from '../../base/words.ts';
import type { ProduceCall, ProducePort } from '../../broker/ports.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { AppendSink } from '../../replica/append.ts';
import { arenaClass, type ChunkRef } from '../../ring/arena.ts';
import { descriptorWord } from '../../ring/layout.ts';
import { kind } from '../kinds.ts';
import type { Link, Mesh } from '../mesh.ts';
import { oversizeChunk } from '../oversize.ts';
import type { Waiters } from '../waiters.ts';
import { HeapProduce } from './heap-produce.ts';

/** The partitions of this thread, as far as appending goes. */
export interface LocalAppends {
  append(
    row: number,
    topicGeneration: number,
    bytes: Uint8Array,
    from: number,
    length: number,
    acks: number,
    sink: AppendSink,
    tag: number,
    timeoutMs: number,
  ): void;
}

/** A request sent to another thread, as its sender remembers it. */
interface SentProduce {
  readonly call: ProduceCall;
  /** Index in the call of each entry sent, in order. */
  readonly entries: readonly number[];
  /** Chunk that the batches lie in, with one count held for the owner; and the list chunk, or -1. */
  readonly chunk: ChunkRef;
  readonly list: ChunkRef;
}

const noChunk = -1;
/** A produce descriptor names no connection: these words are its own. */
const produceWord = { acks: descriptorWord.connection, timeoutMs: descriptorWord.connectionGeneration } as const;

/**
 * Takes a Produce request's batches to their owners and brings the results back. A batch owned here is appended where it
 * lies; for each other owner one descriptor goes out, with its entry or a chunk that lists them.
 */
export class ProduceRouter implements ProducePort {
  private readonly mesh: Mesh;
  private readonly local: LocalAppends;
  private readonly waiters: Waiters;
  /** The request on the heap that is being sent. */
  private heap: HeapProduce | undefined;

  constructor(mesh: Mesh, local: LocalAppends, waiters: Waiters) {
    this.mesh = mesh;
    this.waiters = waiters;
    this.local = local;
    mesh.handle(kind.produceOne, (link, words, position) => this.appendOne(link, words, position));
    mesh.handle(kind.produceMany, (link, words, position) => this.appendMany(link, words, position));
    mesh.handle(kind.produceDone, (link, words, position) => this.complete(link, words, position));
  }

  /** False: a credit or memory is missing, nothing was started, and `resume` is called when to try again. */
  start(call: ProduceCall, resume: () => void): boolean {
    const remote = this.plan(call);
    if (remote !== undefined && (this.heap !== undefined || !this.send(call, remote))) {
      this.waiters.add(resume);
      return false;
    }
    const { words, shards } = call;
    for (let index = 0; index < call.count; index++) {
      if (shards[index] !== this.mesh.self) continue;
      const at = index * produceEntryWords;
      this.local.append(
        words[at + produceEntry.row]!,
        words[at + produceEntry.topicGeneration]!,
        call.bytes,
        words[at + produceEntry.from]!,
        words[at + produceEntry.length]!,
        call.acks,
        call,
        index,
        call.timeoutMs,
      );
    }
    return true;
  }

  /** Every entry outstanding at a thread that died: its outcome is unknown, and sequences make a retry safe. */
  failPeer(link: Link): void {
    for (let slot = 0; slot < link.pending.length; slot++) {
      const sent = link.pending[slot];
      if (!isSentProduce(sent)) continue;
      link.pending[slot] = undefined;
      for (const index of sent.entries) sent.call.appended(index, errorCode.REQUEST_TIMED_OUT, -1, -1, undefined);
      if (sent.list !== noChunk) this.mesh.arena.release(sent.list, this.mesh.self);
    }
  }

  /** Entries by the thread that owns them, without this one; undefined when all are owned here. */
  private plan(call: ProduceCall): Map<ThreadIndex, number[]> | undefined {
    let remote: Map<ThreadIndex, number[]> | undefined;
    for (let index = 0; index < call.count; index++) {
      const shard = call.shards[index]!;
      if (shard === this.mesh.self) continue;
      remote ??= new Map();
      const entries = remote.get(shard);
      if (entries === undefined) remote.set(shard, [index]);
      else entries.push(index);
    }
    return remote;
  }

  /** All or nothing: chunks and credits are taken before the first descriptor is written. */
  private send(call: ProduceCall, remote: ReadonlyMap<ThreadIndex, readonly number[]>): boolean {
    const { arena, self } = this.mesh;
    for (const shard of remote.keys()) {
      const { credits } = this.mesh.link(shard).sender;
      if (credits.outstanding === credits.capacity) return false;
    }
    if (call.chunk === noChunk) {
      this.heap = new HeapProduce(this.mesh, call, remote);
      this.pumpHeap();
      return true;
    }
    const lists: ChunkRef[] = [];
    for (const entries of remote.values()) {
      const list =
        entries.length === 1 ? noChunk : arena.alloc(entries.length * produceEntryWords * 4, arenaClass.ingress);
      if (list === -1 && entries.length > 1) {
        for (const taken of lists) if (taken !== noChunk) arena.release(taken, self);
        return false;
      }
      lists.push(list);
    }
    let next = 0;
    for (const [shard, entries] of remote)
      this.sendTo(this.mesh.link(shard), call, entries, call.chunk, lists[next++]!);
    return true;
  }

  /** Sends on what is left of the request on the heap, and tries again in later turns while there is more. */
  private pumpHeap(): void {
    const { heap } = this;
    if (heap === undefined) return;
    if (heap.pump((link, call, entries, chunk, list) => this.sendTo(link, call, entries, chunk, list))) {
      this.heap = undefined;
    } else {
      this.waiters.add(() => this.pumpHeap());
    }
  }

  private sendTo(link: Link, call: ProduceCall, entries: readonly number[], chunk: ChunkRef, list: ChunkRef): void {
    const { sender } = link;
    const position = this.mesh.reserveRequest(link);
    const { words } = sender;
    const token = words[position + descriptorWord.token]!;
    words[position + produceWord.acks] = call.acks;
    words[position + produceWord.timeoutMs] = call.timeoutMs;
    if (list === noChunk) {
      words[position + descriptorWord.kind] = kind.produceOne;
      words[position + descriptorWord.chunk] = chunk;
      copyEntry(call.words, entries[0]! * produceEntryWords, words, position + descriptorWord.argument);
    } else {
      words[position + descriptorWord.kind] = kind.produceMany;
      words[position + descriptorWord.chunk] = list;
      words[position + descriptorWord.length] = entries.length;
      const base = this.mesh.arena.offsetOf(list) >> 2;
      for (let i = 0; i < entries.length; i++) {
        copyEntry(call.words, entries[i]! * produceEntryWords, this.mesh.arenaWords, base + i * produceEntryWords);
      }
    }
    if (chunk !== oversizeChunk) this.mesh.arena.hold(chunk, link.thread);
    this.mesh.remember(link, token, { call, entries, chunk, list } satisfies SentProduce);
  }

  private appendOne(link: Link, words: Int32Array, position: number): void {
    const token = words[position + descriptorWord.token]!;
    const entry = position + descriptorWord.argument;
    const isOversize = words[position + descriptorWord.chunk] === oversizeChunk;
    const bytes = isOversize ? this.mesh.takeOversize(link, words[entry + produceEntry.length]!) : link.arena.bytes;
    this.local.append(
      words[entry + produceEntry.row]!,
      words[entry + produceEntry.topicGeneration]!,
      bytes,
      words[entry + produceEntry.from]!,
      words[entry + produceEntry.length]!,
      words[position + produceWord.acks]!,
      new OneResult(this, link, token),
      0,
      words[position + produceWord.timeoutMs]!,
    );
  }

  private appendMany(link: Link, words: Int32Array, position: number): void {
    const list = words[position + descriptorWord.chunk]!;
    const count = words[position + descriptorWord.length]!;
    const acks = words[position + produceWord.acks]!;
    const timeoutMs = words[position + produceWord.timeoutMs]!;
    const base = link.arena.offsetOf(list) >> 2;
    const result = new ManyResults(this, link, words[position + descriptorWord.token]!, base, count);
    const listWords = link.arenaWords;
    for (let index = 0; index < count; index++) {
      const at = base + index * produceEntryWords;
      this.local.append(
        listWords[at + produceEntry.row]!,
        listWords[at + produceEntry.topicGeneration]!,
        link.arena.bytes,
        listWords[at + produceEntry.from]!,
        listWords[at + produceEntry.length]!,
        acks,
        result,
        index,
        timeoutMs,
      );
    }
  }

  /** Writes a completion; `details` by entry go with it in a chunk of ours, if there is one to be had. */
  answer(link: Link, token: number, details: Map<number, ProduceDetail> | undefined): Int32Array {
    const { sender } = link;
    const position = this.mesh.reserveCompletion(link, token);
    const { words } = sender;
    words[position + descriptorWord.kind] = kind.produceDone;
    words[position + descriptorWord.chunk] = noChunk;
    if (details !== undefined) {
      const sent = this.mesh.sendMessage(link, [...details]);
      words[position + descriptorWord.chunk] = sent.chunk;
      words[position + descriptorWord.length] = sent.length;
    }
    this.answerAt = position + descriptorWord.argument;
    return words;
  }

  /** Where the entry's words lie in the completion that `answer` has just made. */
  answerAt = 0;

  private complete(link: Link, words: Int32Array, position: number): void {
    const sent = this.mesh.complete(link, words[position + descriptorWord.token]!) as SentProduce;
    const { call, entries, list } = sent;
    const details = this.receiveDetails(link, words, position);
    if (list === noChunk) {
      finishEntry(call, entries[0]!, words, position + descriptorWord.argument, details?.get(0));
    } else {
      const base = this.mesh.arena.offsetOf(list) >> 2;
      for (let i = 0; i < entries.length; i++) {
        finishEntry(call, entries[i]!, this.mesh.arenaWords, base + i * produceEntryWords, details?.get(i));
      }
      this.mesh.arena.release(list, this.mesh.self);
    }
    if (sent.chunk !== oversizeChunk) this.mesh.arena.release(sent.chunk, link.thread);
  }

  private receiveDetails(link: Link, words: Int32Array, position: number): Map<number, ProduceDetail> | undefined {
    const chunk = words[position + descriptorWord.chunk]!;
    if (chunk === noChunk) return undefined;
    const message = this.mesh.receiveMessage(link, chunk, words[position + descriptorWord.length]!);
    return new Map(message as [number, ProduceDetail][]);
  }
}

function copyEntry(from: readonly number[], at: number, to: Int32Array, position: number): void {
  to[position] = from[at]!;
  to[position + 1] = from[at + 1]!;
  to[position + 2] = from[at + 2]!;
  to[position + 3] = from[at + 3]!;
}

function finishEntry(
  call: ProduceCall,
  index: number,
  words: Int32Array,
  at: number,
  detail: ProduceDetail | undefined,
): void {
  call.appended(
    index,
    words[at + produceEntry.errorCode]!,
    getWide(words, at + produceEntry.baseOffset),
    getWide(words, at + produceEntry.logAppendTimeMs),
    detail,
  );
}

function isSentProduce(about: unknown): about is SentProduce {
  return typeof about === 'object' && about !== null && 'entries' in about && 'call' in about;
}

function putResult(words: Int32Array, at: number, code: number, baseOffset: number, logAppendTimeMs: number): void {
  words[at + produceEntry.errorCode] = code;
  putWide(words, at + produceEntry.baseOffset, baseOffset);
  putWide(words, at + produceEntry.logAppendTimeMs, logAppendTimeMs);
}

/** The owner's side of a `produceOne`. */
class OneResult implements AppendSink {
  private readonly router: ProduceRouter;
  private readonly link: Link;
  private readonly token: number;

  constructor(router: ProduceRouter, link: Link, token: number) {
    this.router = router;
    this.link = link;
    this.token = token;
  }

  appended(_tag: number, code: number, baseOffset: number, timeMs: number, detail: ProduceDetail | undefined): void {
    const words = this.router.answer(this.link, this.token, detail === undefined ? undefined : new Map([[0, detail]]));
    putResult(words, this.router.answerAt, code, baseOffset, timeMs);
  }
}

/** The owner's side of a `produceMany`: results go into the list chunk, and the last one sends the completion. */
class ManyResults implements AppendSink {
  private readonly router: ProduceRouter;
  private readonly link: Link;
  private readonly token: number;
  private readonly base: number;
  private left: number;
  private details: Map<number, ProduceDetail> | undefined;

  constructor(router: ProduceRouter, link: Link, token: number, base: number, count: number) {
    this.router = router;
    this.link = link;
    this.token = token;
    this.base = base;
    this.left = count;
  }

  appended(tag: number, code: number, baseOffset: number, timeMs: number, detail: ProduceDetail | undefined): void {
    putResult(this.link.arenaWords, this.base + tag * produceEntryWords, code, baseOffset, timeMs);
    if (detail !== undefined) {
      this.details ??= new Map();
      this.details.set(tag, detail);
    }
    this.left -= 1;
    if (this.left === 0) this.router.answer(this.link, this.token, this.details);
  }
}
