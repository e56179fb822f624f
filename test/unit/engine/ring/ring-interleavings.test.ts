import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { createDoorbells, ringDoorbell } from '#engine/ring/doorbell.ts';
import type { createRing, RingConsumer, RingProducer } from '#engine/ring/ring.ts';
import type { Sleeper } from '#engine/ring/wait.ts';
import {
  type Execution,
  type Exploration,
  type ExploreOptions,
  explore,
  park,
  plainRead,
  plainWrite,
  type ThreadBody,
} from '../../../support/interleavings.ts';
import { loadStepping, type Stepping, type SteppingFunction } from '../../../support/stepping-source.ts';

interface RingModule {
  createRing: typeof createRing;
  RingProducer: Stepping<typeof RingProducer, 'reserve' | 'publish' | 'freeSlots'>;
  RingConsumer: Stepping<typeof RingConsumer, 'peek' | 'advance' | 'release'>;
  createDoorbells: typeof createDoorbells;
  ringDoorbell: SteppingFunction<typeof ringDoorbell>;
  Sleeper: Stepping<typeof Sleeper, 'prepareToSleep' | 'stayAwake' | 'sleep'>;
}

type Mutations = readonly { readonly from: string; readonly to: string }[];

function load(mutations: Mutations = []): RingModule {
  return loadStepping<RingModule>({
    files: [
      'engine/base/assert.ts',
      'engine/ring/layout.ts',
      'engine/ring/ring.ts',
      'engine/ring/doorbell.ts',
      'engine/ring/wait.ts',
    ],
    mutations,
  });
}

function assertHolds(result: Exploration, atLeast: number): void {
  assert.equal(result.failure, null, `${result.failure?.error.message}\n${result.failure?.schedule.join('\n')}`);
  assert.ok(result.schedules >= atLeast, `only ${result.schedules} schedules`);
}

// --- the ring alone: a producer that meets a full ring, a consumer that meets an empty one, across the index's wrap

const attempts = 7;

function ringExecution(module: RingModule): Execution {
  const buffer = module.createRing(2, 0x7fffffff);
  const producer = new module.RingProducer(buffer);
  const consumer = new module.RingConsumer(buffer);
  let sent = 0;
  const received: number[] = [];

  function* produce(): ThreadBody {
    for (let i = 0; i < attempts; i++) {
      const position = yield* producer.reserve();
      if (position < 0) continue;
      sent++;
      yield* plainWrite(producer.words, position, sent);
      yield* plainWrite(producer.words, position + 1, -sent);
      yield* producer.publish();
    }
  }

  function* consume(): ThreadBody {
    for (let i = 0; i < attempts; i++) {
      const position = yield* consumer.peek();
      if (position < 0) continue;
      const first = yield* plainRead(consumer.words, position);
      const second = yield* plainRead(consumer.words, position + 1);
      assert.equal(second, -first, 'a descriptor was read in pieces of two');
      received.push(first);
      yield* consumer.advance();
    }
  }

  const settled = () => {
    assert.deepEqual(
      received,
      received.map((_, i) => i + 1),
      'lost, doubled or out of order',
    );
    assert.ok(received.length <= sent && sent - received.length <= 2);
  };
  return { threads: [produce(), consume()], settled };
}

const ringOptions: ExploreOptions = { maxSteps: 60 };

test('ring: no interleaving loses, doubles, reorders or tears a descriptor', (context) => {
  const module = load();
  const result = explore(() => ringExecution(module), ringOptions);
  assertHolds(result, 100);
  assert.equal(result.truncated, 0);
  context.diagnostic(`${result.schedules} schedules, ${result.steps} steps, longest ${result.longest}`);
});

const ringMutations: Record<string, Mutations> = {
  'a slot more than there is': [
    {
      from: 'if (((this.tail - this.seenHead) | 0) >= this.slots) return -1;',
      to: 'if (((this.tail - this.seenHead) | 0) > this.slots) return -1;',
    },
  ],
  'slots given back before they are read': [
    {
      from: 'Atomics.store(this.words, ringWord.head, this.head);',
      to: 'Atomics.store(this.words, ringWord.head, (this.head + 1) | 0);',
    },
  ],
  'published before it is written': [
    {
      from: 'this.tail = (this.tail + 1) | 0;\n    return position;',
      to: 'this.tail = (this.tail + 1) | 0;\n    Atomics.store(this.words, ringWord.tail, this.tail);\n    return position;',
    },
  ],
  'comparison that does not bear the wrap': [
    { from: 'const used = (tail - this.head) | 0;', to: 'const used = tail > this.head ? tail - this.head : 0;' },
  ],
};

for (const [name, mutations] of Object.entries(ringMutations)) {
  test(`ring: the explorer finds ${name}`, () => {
    const module = load(mutations);
    const result = name.includes('wrap')
      ? explore(() => wakeExecution(module), wakeOptions)
      : explore(() => ringExecution(module), ringOptions);
    assert.notEqual(result.failure, null);
  });
}

// --- ring and doorbell: a consumer that sleeps whenever there is nothing

const messages = 2;

function wakeExecution(module: RingModule, brokenTurn = false): Execution {
  const buffer = module.createRing(4, 0x7fffffff);
  const doorbells = module.createDoorbells(2);
  const bellWords = new Int32Array(doorbells);
  const producer = new module.RingProducer(buffer);
  const consumer = new module.RingConsumer(buffer);
  const sleeper = new module.Sleeper(doorbells, 1, () => {});
  const received: number[] = [];

  function* produce(): ThreadBody {
    for (let i = 1; i <= messages; i++) {
      const position = yield* producer.reserve();
      yield* plainWrite(producer.words, position, i);
      if (yield* producer.publish()) yield* module.ringDoorbell(bellWords, 1);
    }
  }

  function* drain(): Generator<readonly [string, ...unknown[]], boolean, unknown> {
    let some = false;
    for (let position = yield* consumer.peek(); position >= 0; position = yield* consumer.peek()) {
      received.push(yield* plainRead(consumer.words, position));
      yield* consumer.advance();
      some = true;
    }
    return some;
  }

  function* consume(): ThreadBody {
    while (received.length < messages) {
      yield* sleeper.stayAwake();
      yield* drain();
      if (brokenTurn) {
        // The flag goes up after the last look at the ring.
        yield* sleeper.prepareToSleep();
        if (yield* sleeper.sleep()) yield park;
        continue;
      }
      yield* sleeper.prepareToSleep();
      if ((yield* consumer.peek()) >= 0) continue;
      if (yield* sleeper.sleep()) yield park;
    }
  }

  const settled = (parked: readonly boolean[]) => {
    const asleep = parked[1] && received.length < messages;
    assert.ok(!asleep, `asleep for good with ${received.length} of ${messages} descriptors received`);
    assert.deepEqual(
      received,
      received.map((_, i) => i + 1),
    );
  };
  return { threads: [produce(), consume()], settled };
}

const wakeOptions: ExploreOptions = { maxSteps: 60, outsideEvents: 1 };

test('doorbell: no interleaving loses a wake-up, with other events coming between', (context) => {
  const module = load();
  const result = explore(() => wakeExecution(module), wakeOptions);
  assertHolds(result, 100);
  context.diagnostic(
    `${result.schedules} schedules, ${result.truncated} cut off, ${result.steps} steps, longest ${result.longest}`,
  );
});

test('doorbell: the explorer finds a turn that sets the flag after the last look at the ring', () => {
  const module = load();
  const result = explore(() => wakeExecution(module, true), wakeOptions);
  assert.match(String(result.failure?.error.message), /asleep for good/);
});

const wakeMutations: Record<string, Mutations> = {
  'a wait that is never waited for again': [{ from: 'this.waiting = false;\n      onRing', to: 'onRing' }],
  'a wait that does not look whether the bell rang': [
    {
      from: 'Atomics.waitAsync(this.words, this.position, doorbellState.asleep)',
      to: 'Atomics.waitAsync(this.words, this.position, Atomics.load(this.words, this.position))',
    },
  ],
  'a bell that is looked at without being rung': [{ from: 'Atomics.notify(words, position, 1);', to: '' }],
};

for (const [name, mutations] of Object.entries(wakeMutations)) {
  test(`doorbell: the explorer finds ${name}`, () => {
    const module = load(mutations);
    const result = explore(() => wakeExecution(module), wakeOptions);
    assert.match(String(result.failure?.error.message), /asleep for good/);
  });
}
