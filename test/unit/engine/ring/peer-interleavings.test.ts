import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Arena } from '#engine/ring/arena.ts';
import type { applyChunkReturn, ChunkReturns } from '#engine/ring/chunk-returns.ts';
import type { PeerSender } from '#engine/ring/peer-sender.ts';
import type { createRing, RingConsumer } from '#engine/ring/ring.ts';
import {
  type Execution,
  explore,
  plainRead,
  plainWrite,
  type Step,
  type ThreadBody,
} from '../../../support/interleavings.ts';
import { loadStepping, type Stepping, type SteppingFunction } from '../../../support/stepping-source.ts';

interface PeerModule {
  createRing: typeof createRing;
  RingConsumer: Stepping<typeof RingConsumer, 'peek' | 'advance' | 'release'>;
  PeerSender: Stepping<
    typeof PeerSender,
    'reserveRequest' | 'reserveCompletion' | 'reserveControl' | 'publish' | 'release'
  >;
  Arena: Stepping<typeof Arena, 'alloc' | 'release' | 'sweep'>;
  ChunkReturns: Stepping<typeof ChunkReturns, 'flush'>;
  applyChunkReturn: SteppingFunction<typeof applyChunkReturn>;
}

type Mutations = readonly { readonly from: string; readonly to: string }[];
const kind = { request: 16, completion: 17, chunk: 18 } as const;

function load(mutations: Mutations = []): PeerModule {
  return loadStepping<PeerModule>({
    files: [
      'engine/base/assert.ts',
      'engine/base/limits.ts',
      'engine/ring/layout.ts',
      'engine/ring/ring.ts',
      'engine/ring/credits.ts',
      'engine/ring/peer-sender.ts',
      'engine/ring/chunk-returns.ts',
      'engine/ring/chunk-counts.ts',
      'engine/ring/slab-lists.ts',
      'engine/ring/arena.ts',
    ],
    mutations,
  });
}

// --- two peers that both send requests, as many as they have credit for, over rings as small as the limits allow

const requests = 3;

function bothFull(module: PeerModule): Execution {
  const rings = [module.createRing(4, 0x7ffffffe), module.createRing(4, 0x7ffffffe)];
  const completed = [0, 0];

  function* peer(self: number): ThreadBody {
    const sender = new module.PeerSender(rings[self], 1, 1);
    const inbound = new module.RingConsumer(rings[1 - self]);
    let sent = 0;
    for (let turn = 0; turn < 7; turn++) {
      if (sent < requests) {
        const position = yield* sender.reserveRequest();
        if (position >= 0) {
          sender.words[position] = kind.request;
          sent++;
        }
      }
      const position = yield* inbound.peek();
      if (position >= 0) {
        const token = inbound.words[position + 1];
        if (inbound.words[position] === kind.request) {
          const reply = yield* sender.reserveCompletion(token);
          sender.words[reply] = kind.completion;
        } else {
          completed[self]++;
          yield* sender.release(token);
        }
        yield* inbound.advance();
      }
      yield* sender.publish();
    }
  }
  return { threads: [peer(0), peer(1)], settled: () => {} };
}

test('credits: a completion always fits, whoever is full when', (context) => {
  const module = load();
  const result = explore(() => bothFull(module), { maxSteps: 40 });
  assert.equal(result.failure, null, `${result.failure?.error.message}\n${result.failure?.schedule.join('\n')}`);
  assert.ok(
    result.schedules > 1000 && result.truncated === 0,
    `${result.schedules} ${result.truncated} ${result.longest}`,
  );
  context.diagnostic(`${result.schedules} schedules, longest ${result.longest}`);
});

test('credits: the explorer finds a credit that is used again before its completion came', () => {
  const module = load([{ from: 'if (this.outstanding === this.capacity) return -1;', to: '' }]);
  const result = explore(() => bothFull(module), { maxSteps: 40 });
  assert.match(String(result.failure?.error.message), /full in spite of its credits/);
});

test('credits: the explorer finds slots that a consumer keeps longer than the limits allow for', () => {
  const module = load([
    { from: 'return Math.max(1, slots >> 3);', to: 'return Math.max(4, slots >> 3);' },
    { from: 'assertRingLimits({ slots, credits, controlSlots, unreleasedSlots: releaseEvery(slots) });', to: '' },
    { from: 'this.release();\n      const tail', to: 'const tail' },
  ]);
  const result = explore(() => bothFull(module), { maxSteps: 40 });
  assert.match(String(result.failure?.error.message), /full in spite of its credits/);
});

// The chunk's bytes are steps of their own, so the arena does not poison here: a fill would be a step unseen.
// --- a chunk lent to a peer and given back: not a byte changes while it is lent

function lending(module: PeerModule): Execution {
  const rings = [module.createRing(8), module.createRing(8)];
  const arena = new module.Arena({
    slabs: 2,
    smallestBytes: 64,
    largestBytes: 64,
    reservedSlabs: [0, 0, 0, 1],
    holders: 2,
    self: 0,
  });
  const words = new Int32Array(arena.description.buffer);
  let lent = 0;
  let read = 0;

  function* owner(): ThreadBody {
    const sender = new module.PeerSender(rings[0], 1, 2);
    const inbound = new module.RingConsumer(rings[1]);
    for (let turn = 1; turn <= 6; turn++) {
      const ref = lent < 3 ? yield* arena.alloc(8, 0) : -1;
      if (ref >= 0) {
        lent++;
        yield* plainWrite(words, arena.offsetOf(ref) / 4, turn);
        yield* plainWrite(words, arena.offsetOf(ref) / 4 + 1, -turn);
        arena.hold(ref, 1);
        const position = yield* sender.reserveControl();
        sender.words[position] = kind.chunk;
        sender.words[position + 2] = ref;
        sender.words[position + 3] = turn;
        yield* sender.publish();
        yield* arena.release(ref, 0);
      }
      const position = yield* inbound.peek();
      if (position >= 0) {
        yield* module.applyChunkReturn(inbound.words, position, arena as never, 1);
        yield* inbound.advance();
      }
    }
  }

  function* borrower(): Generator<Step, void, unknown> {
    const sender = new module.PeerSender(rings[1], 1, 2);
    const inbound = new module.RingConsumer(rings[0]);
    const returns = new module.ChunkReturns(4);
    for (let turn = 0; turn < 5; turn++) {
      const position = yield* inbound.peek();
      if (position < 0) continue;
      const ref = inbound.words[position + 2];
      const turnOfOwner = inbound.words[position + 3];
      yield* inbound.advance();
      const at = arena.offsetOf(ref) / 4;
      assert.equal(yield* plainRead(words, at), turnOfOwner, 'a lent chunk changed');
      assert.equal(yield* plainRead(words, at + 1), -turnOfOwner, 'a lent chunk changed');
      read++;
      returns.add(ref);
      yield* returns.flush(sender as never);
      yield* sender.publish();
    }
  }

  const settled = () => {
    const { liveChunks, heldCounts } = arena.stats();
    assert.ok(read <= lent && liveChunks <= lent && heldCounts === liveChunks);
  };
  return { threads: [owner(), borrower()], settled };
}

test('arena: a lent chunk keeps its bytes until its last count is back', (context) => {
  const module = load();
  const result = explore(() => lending(module), { maxSteps: 80 });
  assert.equal(result.failure, null, `${result.failure?.error.message}\n${result.failure?.schedule.join('\n')}`);
  assert.ok(
    result.schedules > 300 && result.truncated === 0,
    `${result.schedules} ${result.truncated} ${result.longest}`,
  );
  context.diagnostic(`${result.schedules} schedules, longest ${result.longest}`);
});

test('arena: the explorer finds a chunk that is freed by its first release', () => {
  const module = load([
    {
      from: 'if (this.totals[index] > 0) return false;',
      to: 'this.held -= this.totals[index];\n    this.totals[index] = 0;',
    },
  ]);
  const result = explore(() => lending(module), { maxSteps: 80 });
  assert.match(String(result.failure?.error.message), /a lent chunk changed/);
});
