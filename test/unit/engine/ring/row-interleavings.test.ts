import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SharedTable, unreadable } from '#engine/ring/shared-columns.ts';
import { type Execution, type ExploreOptions, explore, type ThreadBody } from '../../../support/interleavings.ts';
import { loadStepping, type Stepping } from '../../../support/stepping-source.ts';

interface TableModule {
  SharedTable: Stepping<
    typeof SharedTable,
    'readInt32' | 'readInt64' | 'read' | 'begin' | 'end' | 'setInt32' | 'setInt64' | 'sequenceOf'
  >;
  unreadable: typeof unreadable;
}

type Mutations = readonly { readonly from: string; readonly to: string }[];

function load(mutations: Mutations = []): TableModule {
  return loadStepping<TableModule>({
    files: ['engine/base/assert.ts', 'engine/base/limits.ts', 'engine/ring/layout.ts', 'engine/ring/shared-columns.ts'],
    mutations,
  });
}

/** Values that show every way of tearing: they differ in the low and in the high word. */
const states = [0, 0x1_0000_0002, 0x2_ffff_ffff] as const;

function table(module: TableModule) {
  const made = new module.SharedTable({ rowWords: 4, rowsPerSegment: 2, segments: [] });
  made.grow();
  return made;
}

function* write(rows: ReturnType<typeof table>, from: number): ThreadBody {
  for (let i = from; i < states.length; i++) {
    yield* rows.begin(1);
    yield* rows.setInt32(1, 1, i);
    yield* rows.setInt64(1, 2, states[i]);
    yield* rows.end(1);
  }
}

function wholeRow(module: TableModule, writes: number): Execution {
  const rows = table(module);
  const into = new Int32Array(4);
  const seen: string[] = [];
  function* read(): ThreadBody {
    if (!(yield* rows.read(1, into))) return void seen.push('gave up');
    seen.push(String(into[1]));
    assert.equal(into[3] * 2 ** 32 + (into[2] >>> 0), states[into[1]], 'the row was read torn');
  }
  const settled = () => assert.equal(seen.length, 1);
  return { threads: [write(rows, states.length - writes), read()], settled };
}

function oneColumn(module: TableModule, writes: number): Execution {
  const rows = table(module);
  let last = -1;
  function* read(): ThreadBody {
    for (let i = 0; i < 2; i++) {
      const value = yield* rows.readInt64(1, 2);
      if (value === module.unreadable) continue;
      const state = states.indexOf(value as (typeof states)[number]);
      assert.ok(state >= 0, `the column was read torn: ${value}`);
      assert.ok(state >= last, 'the column went back');
      last = state;
    }
  }
  return { threads: [write(rows, states.length - writes), read()], settled: () => {} };
}

const every: ExploreOptions = { maxSteps: 60, reduce: false };
const bounded: ExploreOptions = { maxSteps: 60 };

test('a row is read whole or not at all, whatever its writer does meanwhile', (context) => {
  const module = load();
  const all = explore(() => wholeRow(module, 1), every);
  assert.equal(all.failure, null, all.failure?.error.message);
  const twice = explore(() => wholeRow(module, 2), bounded);
  assert.equal(twice.failure, null, twice.failure?.error.message);
  assert.ok(all.schedules > 1000 && twice.schedules > 100 && twice.truncated === 0);
  context.diagnostic(`${all.schedules} and, reduced, ${twice.schedules} schedules; longest ${twice.longest}`);
});

test('an int64 column is read whole, and never goes back', (context) => {
  const module = load();
  const result = explore(() => oneColumn(module, 2), bounded);
  assert.equal(result.failure, null, result.failure?.error.message);
  assert.ok(result.schedules > 100 && result.truncated === 0);
  context.diagnostic(`${result.schedules} schedules, longest ${result.longest}`);
});

test('a reader that met its writer in every try says so', () => {
  const module = load();
  const seen = new Set<string>();
  explore(() => {
    const rows = table(module);
    function* read(): ThreadBody {
      seen.add((yield* rows.read(1, new Int32Array(4))) ? 'read' : 'gave up');
    }
    return { threads: [write(rows, 1), read()], settled: () => {} };
  }, bounded);
  assert.deepEqual([...seen].sort(), ['gave up', 'read']);
});

const secondLook = 'if (Atomics.load(words, base + rowWord.sequence) === before)';
const mutations: Record<string, Mutations> = {
  'a reader of a column that does not look at the sequence again': [
    { from: `${secondLook} return high`, to: 'return high' },
  ],
  'a reader of a row that does not look at the sequence again': [
    { from: `${secondLook} return true`, to: 'return true' },
  ],
  'a writer that does not say that it is at work': [
    { from: 'Atomics.store(words, position, (sequence + 1) | 1);', to: 'this.odd = sequence;' },
    { from: "assert((sequence & 1) === 1, 'table: end without begin');", to: '' },
  ],
  'a writer that is done before it has written': [
    {
      from: 'Atomics.store(words, position, (sequence + 1) | 1);',
      to: 'Atomics.store(words, position, (sequence + 2) | 0);',
    },
    { from: "assert((sequence & 1) === 1, 'table: end without begin');", to: '' },
    { from: 'Atomics.store(words, position, (sequence + 1) | 0);', to: '' },
  ],
};

for (const [name, changes] of Object.entries(mutations)) {
  test(`the explorer finds ${name}`, () => {
    const module = load(changes);
    const row = explore(() => wholeRow(module, 1), bounded);
    const column = explore(() => oneColumn(module, 1), bounded);
    assert.match(String(row.failure?.error.message ?? column.failure?.error.message), /read torn/);
  });
}
