import { assert } from '../../base/assert.ts';
import type { ThreadIndex } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import { fetchEntry, fetchEntryWords } from '../../base/fetch-entry.ts';
import { type FetchReader, readsToLogEnd } from '../../base/fetch-reader.ts';
import { limits } from '../../base/limits.ts';
import { getWide, putWide } from '../../base/words.ts';
import type { FetchCall, FetchPort, FetchTarget } from '../../broker/ports.ts';
import type { PartitionRuntime } from '../../metadata/columns/partition-runtime.ts';
import { FetchGroup, type PartitionSource } from '../../replica/fetch-group.ts';
import { arenaClass, type ChunkRef } from '../../ring/arena.ts';
import { descriptorWord } from '../../ring/layout.ts';
import { kind } from '../kinds.ts';
import type { Link, Mesh } from '../mesh.ts';
import { oversizeChunk } from '../oversize.ts';
import type { Waiters } from '../waiters.ts';
import { newPart, type Part, RoutedFetch } from './routed-fetch.ts';
import type { ShardFetchMemory } from './shard-fetch-memory.ts';

const noChunk = -1;
/** Words of a fetch descriptor after the shared ones. */
const fetchArgument = {
  call: 7,
  /** Bits: see `putReader`. */
  reader: 8,
  replicaId: 9,
  /** Wide. */
  brokerEpoch: 10,
  rack: 12,
  readable: 7,
  mustAnswer: 8,
} as const;

/** The part of another thread's call that is watched here. */
interface Guest {
  readonly link: Link;
  readonly call: number;
  readonly group: FetchGroup;
  /** The asking thread's list chunk, of which one count is held for this thread until the read, or the cancel. */
  readonly list: ChunkRef;
}

interface SentFetch {
  readonly call: RoutedFetch;
  readonly part: Part;
  /** The owner is done with the list when it has answered; a probe leaves it watching. */
  readonly isRead: boolean;
}

/**
 * Serves a Fetch over the threads that own its partitions. Each owner first says what there is to read and keeps
 * watching; when the sum reaches min_bytes, or something must be answered, or the wait is over, the budgets are dealt
 * out in the order of the request and the owners read into memory of theirs, which is sent from where it lies.
 */
export class FetchRouter implements FetchPort {
  readonly mesh: Mesh;
  readonly source: PartitionSource;
  readonly memory: ShardFetchMemory;
  readonly clock: Clock;
  private readonly runtime: PartitionRuntime;
  private readonly calls = new Map<number, RoutedFetch>();
  /** Groups that other threads' calls have here, by thread and call number. */
  private readonly guests = new Map<string, Guest>();
  /** Guests whose partitions moved since their threads were told. */
  private readonly movedGuests = new Set<Guest>();
  private nextCall = 1;
  private readonly waiters: Waiters;

  constructor(
    mesh: Mesh,
    source: PartitionSource,
    memory: ShardFetchMemory,
    clock: Clock,
    runtime: PartitionRuntime,
    waiters: Waiters,
  ) {
    this.mesh = mesh;
    this.waiters = waiters;
    this.runtime = runtime;
    this.source = source;
    this.memory = memory;
    this.clock = clock;
    mesh.handle(kind.fetchProbe, (link, words, position) => this.probeForGuest(link, words, position));
    mesh.handle(kind.fetchAtOnce, (link, words, position) => this.readAtOnceForGuest(link, words, position));
    mesh.handle(kind.fetchRead, (link, words, position) => this.readForGuest(link, words, position));
    mesh.handle(kind.fetchDone, (link, words, position) => this.complete(link, words, position));
    mesh.handle(kind.fetchMore, (link, words, position) => this.guestMoved(link, words, position));
    mesh.handle(kind.fetchCancel, (link, words, position) => this.cancelGuest(link, words, position));
  }

  start(call: FetchCall, resume: () => void): { cancel(): void } | false {
    const number = this.nextCall;
    const parts = this.divide(call);
    if (parts === undefined) {
      this.waiters.add(resume);
      return false;
    }
    this.nextCall = (this.nextCall + 1) & 0x7fffffff;
    const routed = new RoutedFetch(this, number, call, parts);
    this.calls.set(number, routed);
    routed.begin();
    return routed;
  }

  /** Calls of connections here, and parts of other threads' calls. */
  counts(): { readonly calls: number; readonly guests: number } {
    return { calls: this.calls.size, guests: this.guests.size };
  }

  /** Whether there is something that the reader may have, as the owner last told all threads. */
  hasRecords({ row, fetchOffset }: FetchTarget, reader: FetchReader): boolean {
    const end = readsToLogEnd(reader) ? this.runtime.logEndOffset(row) : this.runtime.highWatermark(row);
    return end > fetchOffset;
  }

  forget(number: number): void {
    this.calls.delete(number);
  }

  /** A thread died: what it was asked is answered without it, and what it asked is dropped. */
  failPeer(link: Link): void {
    for (let slot = 0; slot < link.pending.length; slot++) {
      const sent = link.pending[slot];
      if (!isSentFetch(sent)) continue;
      link.pending[slot] = undefined;
    }
    for (const call of [...this.calls.values()]) call.peerDied(link.thread);
    for (const [key, guest] of this.guests) {
      if (guest.link !== link) continue;
      guest.group.cancel();
      this.guests.delete(key);
      this.movedGuests.delete(guest);
    }
  }

  /** A step of every turn: tells other threads what moved since the last, once however much it was. */
  tellGuests(): void {
    for (const guest of this.movedGuests) {
      const { link, call, group } = guest;
      // A thread that does not take what it is told hears the rest when it does.
      if (link.smallQueue.length >= limits.untoldWordsPerPeer) continue;
      this.movedGuests.delete(guest);
      group.evaluate();
      this.mesh.sendSmall(link, kind.fetchMore, call, group.readable, group.mustAnswer ? 1 : 0);
    }
  }

  /** Sends a request about a part; false: no credit. */
  send(call: RoutedFetch, part: Part, what: number): boolean {
    const { link } = part;
    assert(link !== undefined, 'fetch: a part of this thread needs no descriptor');
    const { sender } = link;
    const position = this.mesh.reserveRequest(link);
    if (position === -1) return false;
    const { words } = sender;
    words[position + descriptorWord.kind] = what;
    words[position + descriptorWord.chunk] = part.list;
    words[position + descriptorWord.length] = part.targets.length;
    words[position + fetchArgument.call] = call.number;
    putReader(words, position, call.reader);
    // The owner writes into the list for as long as it works or watches.
    if (what !== kind.fetchRead) this.mesh.arena.hold(part.list, link.thread);
    const sent: SentFetch = { call, part, isRead: what !== kind.fetchProbe };
    this.mesh.remember(link, words[position + descriptorWord.token]!, sent);
    return true;
  }

  sendCancel(call: RoutedFetch, part: Part): void {
    this.mesh.sendSmall(part.link!, kind.fetchCancel, call.number);
  }

  private divide(call: FetchCall): Part[] | undefined {
    const byThread = new Map<ThreadIndex, FetchTarget[]>();
    for (const target of call.targets) {
      const targets = byThread.get(target.shard);
      if (targets === undefined) byThread.set(target.shard, [target]);
      else targets.push(target);
    }
    const parts: Part[] = [];
    const { arena, self } = this.mesh;
    for (const [thread, targets] of byThread) {
      const part = thread === self ? this.localPart(call, targets) : this.remotePart(thread, targets);
      if (part === undefined) {
        for (const made of parts) if (made.list !== noChunk) arena.release(made.list, self);
        return undefined;
      }
      parts.push(part);
    }
    return parts;
  }

  private localPart(call: FetchCall, targets: readonly FetchTarget[]): Part {
    const words = new Int32Array(targets.length * fetchEntryWords);
    fillEntries(targets, words, 0);
    const local = new FetchGroup(words, 0, targets.length, call.reader, this.source, this.memory);
    const thread = this.mesh.self;
    return { ...newPart, thread, targets, words, base: 0, local, link: undefined, list: noChunk };
  }

  private remotePart(thread: ThreadIndex, targets: readonly FetchTarget[]): Part | undefined {
    const link = this.mesh.link(thread);
    const { credits } = link.sender;
    if (credits.outstanding === credits.capacity) return undefined;
    const list = this.mesh.arena.alloc(targets.length * fetchEntryWords * 4, arenaClass.fetch);
    if (list === noChunk) return undefined;
    const base = this.mesh.arena.offsetOf(list) >> 2;
    const words = this.mesh.arenaWords;
    fillEntries(targets, words, base);
    return { ...newPart, thread, targets, words, base, local: undefined, link, list };
  }

  private probeForGuest(link: Link, words: Int32Array, position: number): void {
    const token = words[position + descriptorWord.token]!;
    const list = words[position + descriptorWord.chunk]!;
    const count = words[position + descriptorWord.length]!;
    const call = words[position + fetchArgument.call]!;
    const reader = readerIn(words, position);
    const base = link.arena.offsetOf(list) >> 2;
    const group = new FetchGroup(link.arenaWords, base, count, reader, this.source, this.memory);
    const key = `${link.thread}/${call}`;
    const guest = { link, call, group, list };
    this.guests.set(key, guest);
    group.probe(() => {
      if (this.guests.get(key) === guest) group.watch(() => this.guestHasMoved(guest));
      this.answerGuest(link, token, group);
    });
  }

  private guestHasMoved(guest: Guest): void {
    this.movedGuests.add(guest);
    this.mesh.onWrote();
  }

  private answerGuest(link: Link, token: number, group: FetchGroup, oversizeBytes = 0): void {
    const position = this.mesh.reserveCompletion(link, token);
    const { words } = link.sender;
    words[position + descriptorWord.kind] = kind.fetchDone;
    words[position + descriptorWord.length] = oversizeBytes;
    words[position + fetchArgument.readable] = group.readable;
    words[position + fetchArgument.mustAnswer] = group.mustAnswer ? 1 : 0;
  }

  private readForGuest(link: Link, words: Int32Array, position: number): void {
    const token = words[position + descriptorWord.token]!;
    const list = words[position + descriptorWord.chunk]!;
    const key = `${link.thread}/${words[position + fetchArgument.call]!}`;
    const guest = this.guests.get(key);
    assert(guest !== undefined, 'fetch: a read of nothing that was probed');
    this.guests.delete(key);
    this.movedGuests.delete(guest);
    this.readGroup(link, token, guest.group, link.arena.offsetOf(list) >> 2);
  }

  private readAtOnceForGuest(link: Link, words: Int32Array, position: number): void {
    const token = words[position + descriptorWord.token]!;
    const count = words[position + descriptorWord.length]!;
    const reader = readerIn(words, position);
    const base = link.arena.offsetOf(words[position + descriptorWord.chunk]!) >> 2;
    const group = new FetchGroup(link.arenaWords, base, count, reader, this.source, this.memory);
    group.probe(() => this.readGroup(link, token, group, base));
  }

  /** Reads, and hands what was read over to the thread that asked. */
  private readGroup(link: Link, token: number, group: FetchGroup, base: number): void {
    group.read(() => {
      let oversizeAt = -1;
      for (let index = 0; index < group.count; index++) {
        const at = base + index * fetchEntryWords;
        const chunk = link.arenaWords[at + fetchEntry.chunk]!;
        if (this.memory.isOnHeap(chunk)) oversizeAt = at;
        else if (chunk !== noChunk) this.mesh.handOver(chunk, link);
      }
      if (oversizeAt === -1) this.answerGuest(link, token, group);
      else this.answerOversize(link, token, group, oversizeAt);
    });
  }

  /** Only the first batch of an answer is read whatever its size, so there is one such at most. */
  private answerOversize(link: Link, token: number, group: FetchGroup, at: number): void {
    const { oversize } = this.mesh;
    const { arenaWords } = link;
    if (!link.isDead && !oversize.isFree) {
      this.waiters.add(() => this.answerOversize(link, token, group, at));
      return;
    }
    const block = arenaWords[at + fetchEntry.chunk]!;
    const length = arenaWords[at + fetchEntry.length]!;
    if (!link.isDead) oversize.put(link, this.memory.view(block, length));
    this.memory.release(block);
    arenaWords[at + fetchEntry.chunk] = oversizeChunk;
    this.answerGuest(link, token, group, length);
  }

  private complete(link: Link, words: Int32Array, position: number): void {
    const sent = this.mesh.complete(link, words[position + descriptorWord.token]!) as SentFetch;
    const oversizeBytes = words[position + descriptorWord.length]!;
    if (oversizeBytes > 0) sent.part.oversize = this.mesh.takeOversize(link, oversizeBytes);
    sent.part.readable = words[position + fetchArgument.readable]!;
    sent.part.mustAnswer = words[position + fetchArgument.mustAnswer] === 1;
    if (sent.isRead) this.mesh.arena.release(sent.part.list, link.thread);
    if (sent.isRead) sent.call.partRead(sent.part);
    else sent.call.partProbed(sent.part);
  }

  private guestMoved(link: Link, words: Int32Array, position: number): void {
    const at = position + descriptorWord.argument;
    this.calls.get(words[at]!)?.moved(link.thread, words[at + 1]!, words[at + 2] === 1);
  }

  private cancelGuest(link: Link, words: Int32Array, position: number): void {
    const key = `${link.thread}/${words[position + descriptorWord.argument]!}`;
    const guest = this.guests.get(key);
    if (guest === undefined) return;
    guest.group.cancel();
    this.guests.delete(key);
    this.movedGuests.delete(guest);
    this.mesh.giveBack(link, guest.list);
  }

  release(part: Part, chunk: ChunkRef): void {
    if (part.link === undefined) this.memory.release(chunk);
    else this.mesh.giveBack(part.link, chunk);
  }

  bytesOf(part: Part, chunk: ChunkRef, length: number): Uint8Array {
    return part.link === undefined ? this.memory.view(chunk, length) : part.link.arena.view(chunk, 0, length);
  }
}

function fillEntries(targets: readonly FetchTarget[], words: Int32Array, base: number): void {
  targets.forEach((target, index) => {
    const at = base + index * fetchEntryWords;
    words[at + fetchEntry.row] = target.row;
    words[at + fetchEntry.topicGeneration] = target.topicGeneration;
    words[at + fetchEntry.currentLeaderEpoch] = target.currentLeaderEpoch;
    words[at + fetchEntry.lastFetchedEpoch] = target.lastFetchedEpoch;
    putWide(words, at + fetchEntry.fetchOffset, target.fetchOffset);
    words[at + fetchEntry.maxBytes] = target.maxBytes;
    putWide(words, at + fetchEntry.followerLogStartOffset, target.followerLogStartOffset);
    words[at + fetchEntry.errorCode] = 0;
    words[at + fetchEntry.chunk] = noChunk;
  });
}

function putReader(words: Int32Array, position: number, reader: FetchReader): void {
  words[position + fetchArgument.reader] = (reader.readCommitted ? 1 : 0) | (reader.onlyOfLeaders ? 2 : 0);
  words[position + fetchArgument.replicaId] = reader.replicaId;
  putWide(words, position + fetchArgument.brokerEpoch, reader.brokerEpoch);
  words[position + fetchArgument.rack] = reader.rack;
}

function readerIn(words: Int32Array, position: number): FetchReader {
  const bits = words[position + fetchArgument.reader]!;
  return {
    readCommitted: (bits & 1) !== 0,
    onlyOfLeaders: (bits & 2) !== 0,
    replicaId: words[position + fetchArgument.replicaId]!,
    brokerEpoch: getWide(words, position + fetchArgument.brokerEpoch),
    rack: words[position + fetchArgument.rack]!,
  };
}

function isSentFetch(about: unknown): about is SentFetch {
  return typeof about === 'object' && about !== null && 'part' in about;
}
