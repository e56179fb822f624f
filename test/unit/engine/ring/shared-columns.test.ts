import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { int64In, SharedTable, unreadable } from '#engine/ring/shared-columns.ts';
import fc from '../../../support/fast-check.ts';
import { companion, type RowWriterSetup } from '../../../support/row-writer.ts';

function table(rowsPerSegment = 4): SharedTable {
  const made = new SharedTable({ rowWords: 4, rowsPerSegment, segments: [] });
  made.grow();
  return made;
}

test('an int64 within 2^53 is read as it was written, by one column or with its row', () => {
  const made = table();
  const into = new Int32Array(4);
  const edges = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER];
  const check = (value: number) => {
    made.begin(2);
    made.setInt64(2, 2, value);
    made.end(2);
    assert.equal(made.readInt64(2, 2), value);
    assert.ok(made.read(2, into));
    assert.equal(int64In(into, 2), value);
  };
  edges.forEach(check);
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => value === unreadable || check(value) === undefined));
  assert.throws(() => made.setInt64(2, 2, 2 ** 53), /beyond 2\^53/);
  assert.throws(() => made.setInt64(2, 2, 0.5), /beyond 2\^53/);
});

test('a row whose writer is at work is not read; a writer that died in it is succeeded', () => {
  const made = table();
  made.begin(1);
  made.setInt32(1, 1, 5);
  assert.equal(made.read(1, new Int32Array(4)), false);
  assert.equal(made.readInt64(1, 2), unreadable);
  assert.equal(made.readInt32(1, 1), 5, 'a single word can be read at any time');
  const before = made.sequenceOf(1);
  made.begin(1);
  assert.equal(made.sequenceOf(1) & 1, 1);
  assert.notEqual(made.sequenceOf(1), before);
  made.end(1);
  assert.equal(made.readInt64(1, 2), 0);
  assert.throws(() => made.end(1), /end without begin/);
});

test('the sequence wraps', () => {
  const made = table();
  made.wordsOf(0)[0] = -2;
  made.begin(0);
  made.end(0);
  assert.equal(made.sequenceOf(0), 0);
  made.wordsOf(0)[0] = 0x7ffffffe;
  made.begin(0);
  assert.equal(made.sequenceOf(0), 0x7fffffff);
  made.end(0);
  assert.ok(made.read(0, new Int32Array(4)));
});

test('segments are handed over in order; rows beyond them are not there', () => {
  const writer = table();
  const reader = new SharedTable(writer.describe());
  const second = writer.grow();
  const third = writer.grow();
  assert.equal(writer.capacity, 12);
  assert.equal(reader.has(4), false);
  assert.throws(() => reader.readInt32(4, 1), /no such row/);
  assert.throws(() => reader.addSegment(third.index, third.buffer), /in order/);
  reader.addSegment(second.index, second.buffer);
  reader.addSegment(second.index, second.buffer);
  writer.begin(6);
  writer.setInt32(6, 1, 77);
  writer.end(6);
  assert.equal(reader.readInt32(6, 1), 77);
  assert.equal(reader.has(-1), false);
});

test('two threads: a row is never read torn, while its writer does nothing but write', async () => {
  const made = table();
  const stop = new SharedArrayBuffer(4);
  const workerData: RowWriterSetup = { table: made.describe(), stop };
  const worker = new Worker(new URL('../../../support/row-writer.ts', import.meta.url), { workerData });
  const into = new Int32Array(4);
  const [rows, columns] = [new Set<number>(), new Set<number>()];
  try {
    for (let i = 0; i < 50_000_000 && (rows.size < 20_000 || columns.size < 20_000); i++) {
      if (made.read(1, into)) {
        assert.equal(int64In(into, 2), companion(into[1]));
        rows.add(into[1]);
      }
      const value = made.readInt64(1, 2);
      if (value === unreadable) continue;
      assert.equal(value % 0x1_0000_0001, 0, 'torn');
      columns.add(value);
    }
    assert.ok(rows.size > 1 && columns.size > 1, 'the reader met the writer');
  } finally {
    Atomics.store(new Int32Array(stop), 0, 1);
    await once(worker, 'exit');
  }
});
