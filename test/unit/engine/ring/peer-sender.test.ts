import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChunkReturn, ChunkReturns } from '#engine/ring/chunk-returns.ts';
import { descriptorKind, descriptorWord } from '#engine/ring/layout.ts';
import { PeerSender } from '#engine/ring/peer-sender.ts';
import { createRing, RingConsumer } from '#engine/ring/ring.ts';
import fc from '../../../support/fast-check.ts';

const request = descriptorKind.firstOwn;
const completion = descriptorKind.firstOwn + 1;

/** A peer that answers what it reads, unless it is `stuck`, and asks as much as its credits allow. */
class Peer {
  readonly sender: PeerSender;
  readonly inbound: RingConsumer;
  completed = 0;
  controls = 0;
  stuck = false;

  constructor(out: SharedArrayBuffer, into: SharedArrayBuffer, credits: number, control: number) {
    this.sender = new PeerSender(out, credits, control);
    this.inbound = new RingConsumer(into);
  }

  ask(): void {
    for (let at = this.sender.reserveRequest(); at >= 0; at = this.sender.reserveRequest()) {
      this.sender.words[at + descriptorWord.kind] = request;
    }
    for (let at = this.sender.reserveControl(); at >= 0; at = this.sender.reserveControl()) {
      this.sender.words[at + descriptorWord.kind] = descriptorKind.control;
    }
    this.sender.publish();
  }

  turn(atMost: number): void {
    if (this.stuck) return;
    for (let i = 0; i < atMost; i++) {
      const at = this.inbound.peek();
      if (at < 0) break;
      const token = this.inbound.words[at + descriptorWord.token];
      const kind = this.inbound.words[at + descriptorWord.kind];
      this.inbound.advance();
      if (kind === request) {
        this.sender.words[this.sender.reserveCompletion(token) + descriptorWord.kind] = completion;
      } else if (kind === completion) {
        this.completed++;
        this.sender.release(token);
      } else {
        this.controls++;
      }
    }
    this.sender.publish();
  }
}

function peers(slots: number, credits: number, control: number) {
  const [there, back] = [createRing(slots, 0x7fffff00), createRing(slots)];
  return [new Peer(there, back, credits, control), new Peer(back, there, credits, control)] as const;
}

test('two peers that fill both rings with requests and control still answer each other', () => {
  // As tight as the limits allow: 2 × 12 + 4 + 4 = 32.
  const [a, b] = peers(32, 12, 4);
  for (let round = 0; round < 200; round++) {
    a.ask();
    b.ask();
    a.turn(1 + (round % 7));
    b.turn(1 + (round % 5));
  }
  assert.ok(a.completed > 200 && b.completed > 200 && a.controls > 50 && b.controls > 50);
});

test('in any order of turns no push of a completion meets a full ring, and everything is answered in the end', () => {
  const step = fc.record({
    who: fc.integer({ min: 0, max: 1 }),
    what: fc.constantFrom('ask', 'turn', 'turn', 'stick', 'loosen'),
    count: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const both = peers(16, 6, 2);
      for (const { who, what, count } of steps) {
        if (what === 'ask') both[who].ask();
        else if (what === 'turn') both[who].turn(count);
        else both[who].stuck = what === 'stick';
      }
      for (const peer of both) peer.stuck = false;
      for (let i = 0; i < 20; i++) for (const peer of both) peer.turn(100);
      assert.deepEqual(
        both.map((peer) => peer.sender.credits.outstanding),
        [0, 0],
      );
    }),
  );
});

test('a ring too small for its credits is refused at start', () => {
  assert.throws(() => new PeerSender(createRing(32), 13, 4), /ring slots must cover/);
  assert.throws(() => new PeerSender(createRing(32), 12, 5), /ring slots must cover/);
});

test('counts go back many to a descriptor, and what does not fit goes later', () => {
  const ring = createRing(16);
  const sender = new PeerSender(ring, 1, 2);
  const inbound = new RingConsumer(ring);
  const returns = new ChunkReturns(100);
  const sent = Array.from({ length: 40 }, (_, i) => i * 3);
  for (const ref of sent) returns.add(ref);
  const received: number[] = [];
  const owner = {
    release: (ref: number, holder: number) => {
      assert.equal(holder, 7);
      received.push(ref);
    },
  };
  const rounds: boolean[] = [];
  do {
    rounds.push(returns.flush(sender));
    sender.publish();
    for (let at = inbound.peek(); at >= 0; at = inbound.peek()) {
      assert.equal(inbound.words[at + descriptorWord.kind], descriptorKind.chunkReturn);
      applyChunkReturn(inbound.words, at, owner, 7);
      inbound.advance();
    }
  } while (returns.pending > 0);
  assert.deepEqual(rounds, [false, true], 'two control descriptors of 14 refs each, then the rest');
  assert.deepEqual(
    received.sort((x, y) => x - y),
    sent,
  );
});

test('more counts than can be held is a bug of ours', () => {
  const returns = new ChunkReturns(1);
  returns.add(1);
  assert.throws(() => returns.add(2), /more counts/);
});
