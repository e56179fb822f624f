import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Arena, type ArenaDescription, type ArenaStats, arenaClass } from '#engine/ring/arena.ts';
import { ArenaView } from '#engine/ring/arena-view.ts';
import { applyChunkReturn, ChunkReturns } from '#engine/ring/chunk-returns.ts';
import { slotOf } from '#engine/ring/credits.ts';
import { ringDoorbell } from '#engine/ring/doorbell.ts';
import { descriptorKind, descriptorWord } from '#engine/ring/layout.ts';
import { PeerSender } from '#engine/ring/peer-sender.ts';
import { RingConsumer } from '#engine/ring/ring.ts';
import { Sleeper } from '#engine/ring/wait.ts';
import { SeededRandom } from './seeded-random.ts';

/** A thread that sends chunks to its peer, checks the peer's, and sleeps whenever there is nothing to do. */
export interface RingPeerSetup {
  readonly self: number;
  readonly requests: number;
  readonly credits: number;
  readonly controlSlots: number;
  readonly out: SharedArrayBuffer;
  readonly into: SharedArrayBuffer;
  readonly doorbells: SharedArrayBuffer;
}

export interface RingPeerResult {
  readonly completed: number;
  readonly checked: number;
  readonly outOfOrder: number;
  readonly damaged: number;
  readonly outstanding: number;
  readonly sleeps: number;
  readonly wakeups: number;
  readonly before: ArenaStats;
  readonly after: ArenaStats;
}

const kind = {
  request: descriptorKind.firstOwn,
  completion: descriptorKind.firstOwn + 1,
  done: descriptorKind.firstOwn + 2,
} as const;
/** Of a request: the chunk's checksum, its number, and whether the chunk comes back by itself. */
const word = {
  checksum: descriptorWord.argument,
  number: descriptorWord.argument + 1,
  apart: descriptorWord.argument + 2,
};

class RingPeer {
  private readonly setup: RingPeerSetup;
  private readonly port: MessagePort;
  private readonly peer: number;
  private readonly arena: Arena;
  private readonly peerArena: ArenaView;
  private readonly sender: PeerSender;
  private readonly inbound: RingConsumer;
  private readonly sleeper: Sleeper;
  private readonly bells: Int32Array;
  private readonly returns = new ChunkReturns(4096);
  private readonly lent: Int32Array;
  private readonly random: SeededRandom;
  private readonly before: ArenaStats;
  private sent = 0;
  private saidDone = false;
  private peerDone = false;
  private readonly counts = { completed: 0, checked: 0, outOfOrder: 0, damaged: 0, sleeps: 0, wakeups: 0 };

  constructor(setup: RingPeerSetup, port: MessagePort, arena: Arena, peerArena: ArenaDescription) {
    this.setup = setup;
    this.port = port;
    this.peer = 1 - setup.self;
    this.arena = arena;
    this.before = arena.stats();
    this.peerArena = new ArenaView(peerArena);
    this.sender = new PeerSender(setup.out, setup.credits, setup.controlSlots);
    this.inbound = new RingConsumer(setup.into);
    this.bells = new Int32Array(setup.doorbells);
    this.lent = new Int32Array(setup.credits).fill(-1);
    this.random = new SeededRandom(setup.self + 1);
    this.sleeper = new Sleeper(setup.doorbells, setup.self, () => {
      this.counts.wakeups++;
      this.turn();
    });
  }

  turn(): void {
    this.sleeper.stayAwake();
    let busy = this.drain();
    busy = this.send() || busy;
    const left = !this.returns.flush(this.sender);
    this.sayDone();
    if (this.sender.publish()) ringDoorbell(this.bells, this.peer);
    if (this.finished()) {
      this.port.postMessage(this.result());
      this.port.close();
      return;
    }
    if (busy || left) {
      setImmediate(() => this.turn());
      return;
    }
    this.sleeper.prepareToSleep();
    if (this.inbound.peek() >= 0 || !this.sleeper.sleep()) setImmediate(() => this.turn());
    else this.counts.sleeps++;
  }

  private drain(): boolean {
    let some = false;
    for (let i = 0; i < 64; i++) {
      const at = this.inbound.peek();
      if (at < 0) break;
      this.receive(this.inbound.words, at);
      this.inbound.advance();
      some = true;
    }
    return some;
  }

  private receive(words: Int32Array, at: number): void {
    const token = words[at + descriptorWord.token];
    switch (words[at + descriptorWord.kind]) {
      case kind.request: {
        const ref = words[at + descriptorWord.chunk];
        const bytes = this.peerArena.view(ref, 0, words[at + descriptorWord.length]);
        if (checksum(bytes) !== words[at + word.checksum]) this.counts.damaged++;
        if (words[at + word.number] !== this.counts.checked) this.counts.outOfOrder++;
        this.counts.checked++;
        const apart = words[at + word.apart];
        if (apart === 1) this.returns.add(ref);
        const reply = this.sender.reserveCompletion(token);
        this.sender.words[reply + descriptorWord.kind] = kind.completion;
        this.sender.words[reply + word.apart] = apart;
        return;
      }
      case kind.completion: {
        // Most counts ride on the completion, the others in a chunk return.
        if (words[at + word.apart] === 0) this.arena.release(this.lent[slotOf(token)], this.peer);
        this.sender.release(token);
        this.counts.completed++;
        return;
      }
      case descriptorKind.chunkReturn:
        applyChunkReturn(words, at, this.arena, this.peer);
        return;
      default:
        this.peerDone = true;
    }
  }

  private send(): boolean {
    let some = false;
    // Few or many at a time, so that rings are met both empty and full.
    for (let n = this.random.below(12); n > 0 && this.sent < this.setup.requests; n--) {
      if (this.sender.credits.outstanding === this.sender.credits.capacity) break;
      const length = 4 + this.random.below(6000);
      const ref = this.arena.alloc(length, arenaClass.ingress);
      if (ref < 0) break;
      const bytes = this.arena.view(ref, 0, length);
      const seed = this.random.below(256);
      for (let i = 0; i < length; i += 1 + (seed & 15)) bytes[i] = seed + i;
      const at = this.sender.reserveRequest();
      const words = this.sender.words;
      words[at + descriptorWord.kind] = kind.request;
      words[at + descriptorWord.chunk] = ref;
      words[at + descriptorWord.length] = length;
      words[at + word.checksum] = checksum(bytes);
      words[at + word.number] = this.sent++;
      words[at + word.apart] = this.random.below(4) === 0 ? 1 : 0;
      this.lent[slotOf(words[at + descriptorWord.token])] = ref;
      this.arena.hold(ref, this.peer);
      this.arena.release(ref, this.setup.self);
      some = true;
    }
    return some || (this.sent < this.setup.requests && this.sender.credits.outstanding < this.setup.credits);
  }

  private sayDone(): void {
    if (this.saidDone || this.sent < this.setup.requests || this.sender.credits.outstanding > 0) return;
    const at = this.sender.reserveControl();
    if (at < 0) return;
    this.sender.words[at + descriptorWord.kind] = kind.done;
    this.saidDone = true;
  }

  private finished(): boolean {
    return this.saidDone && this.peerDone && this.returns.pending === 0 && this.arena.stats().liveChunks === 0;
  }

  private result(): RingPeerResult {
    const { outstanding } = this.sender.credits;
    return { ...this.counts, outstanding, before: this.before, after: this.arena.stats() };
  }
}

function checksum(bytes: Uint8Array): number {
  let sum = bytes.length;
  for (let i = 0; i < bytes.length; i++) sum = (Math.imul(sum, 31) + bytes[i]) | 0;
  return sum;
}

function main(port: MessagePort): void {
  const setup = workerData as RingPeerSetup;
  const arena = new Arena({
    slabs: 6,
    smallestBytes: 1024,
    largestBytes: 16_384,
    reservedSlabs: [1, 1, 1, 1],
    holders: 2,
    self: setup.self,
    poison: true,
  });
  port.postMessage(arena.description);
  // The open port keeps the event loop alive: a pending doorbell does not.
  port.on('message', (peerArena: ArenaDescription) => new RingPeer(setup, port, arena, peerArena).turn());
}

if (parentPort !== null) main(parentPort);
