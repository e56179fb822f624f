import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import {
  cellStart,
  countedApis,
  countedErrorCodes,
  countedListeners,
  countedVersions,
  fetchConsumerKey,
  histogramCell,
  listenerCells,
  lowestErrorCode,
  topicCell,
  topicKey,
  topicRowOfKey,
} from '#engine/node/metrics/cell-layout.ts';
import { Metrics } from '#engine/node/metrics.ts';
import { apiTable } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { type CellWriterSetup, cellNumbers } from '../../../support/cell-writer.ts';

const topicStart = (slot: number): number => cellStart.topics + slot * topicCell.each;

test('there is a cell for every API, version and error code of the protocol', () => {
  for (const { key, schemaMaxVersion, stableMaxVersion } of apiTable) {
    assert.ok(key < fetchConsumerKey, `api ${key}`);
    assert.ok(Math.max(schemaMaxVersion, stableMaxVersion) < countedVersions, `versions of api ${key}`);
  }
  for (const code of Object.values(errorCode)) {
    assert.ok(code >= lowestErrorCode && code - lowestErrorCode < countedErrorCodes, `error ${code}`);
  }
});

test('what is counted lies in cells of its own', () => {
  const buffer = Metrics.allocate(4);
  const metrics = new Metrics(buffer, () => true);
  metrics.listeners = ['PLAINTEXT', 'CONTROLLER'];
  const seen = new Set<number>();
  const changedBy = (count: () => void): number[] => {
    const before = metrics.cells.slice();
    count();
    const changed = [...metrics.cells.keys()].filter((cell) => metrics.cells[cell] !== before[cell]);
    for (const cell of changed) seen.add(cell);
    return changed;
  };
  let sum = 0;
  const alone = (count: () => void): void => {
    sum += changedBy(count).length;
  };
  const last = countedApis - 1;
  alone(() => metrics.countError(last, countedErrorCodes + lowestErrorCode - 1));
  alone(() => metrics.countError(0, lowestErrorCode));
  alone(() => metrics.countTimes(last, 1e9, 1e9));
  alone(() => metrics.countTimes(0, 0.0001, 0.0001));
  alone(() => metrics.countFlush(5));
  alone(() => metrics.countCommit(5));
  assert.equal(sum, seen.size, 'no cell is used twice');
  assert.deepEqual(changedBy(() => metrics.countRequest(last, countedVersions - 1)).length, 2);
  assert.deepEqual(changedBy(() => metrics.countRequest(countedApis, 0)).length, 1, 'counted among all');
  assert.deepEqual(
    changedBy(() => metrics.countError(countedApis, 0)),
    [],
  );
  assert.deepEqual(
    changedBy(() => metrics.countError(1, 10_000)),
    [],
  );
  assert.deepEqual(
    changedBy(() => metrics.countTimes(-1, 1, 1)),
    [],
  );
  changedBy(() => metrics.connectionOpened('CONTROLLER'));
  changedBy(() => metrics.connectionOpened('another'));
  const controller = cellStart.listeners + listenerCells.each;
  assert.equal(metrics.cells[controller + listenerCells.accepted], 1);
  assert.equal(Metrics.total([buffer]).acceptedConnections, 2);
  assert.ok(countedListeners > 1);
});

test('error codes are found wherever in an answer they stand', () => {
  const metrics = new Metrics(Metrics.allocate(0));
  metrics.countErrorsIn(3, {
    throttleTimeMs: 0,
    errorCode: 0,
    bytes: new Uint8Array([1]),
    topics: [
      { errorCode: 3, partitions: [{ errorCode: 0 }, { errorCode: 5 }] },
      { errorCode: 3, name: null },
    ],
    one: { errorCode: -1 },
  });
  const count = (code: number): number =>
    metrics.cells[cellStart.errors + 3 * countedErrorCodes + code - lowestErrorCode]!;
  assert.deepEqual([-1, 0, 1, 3, 5].map(count), [1, 2, 0, 2, 1]);
});

test('topics have cells until there are no more, and the totals have all of them', () => {
  const live = new Set(['1/1', '2/1']);
  const buffer = Metrics.allocate(2);
  const metrics = new Metrics(buffer, (row, generation) => live.has(`${row}/${generation}`));
  metrics.countAppended(1, 1, 100, 3);
  metrics.countAppended(2, 1, 10, 1);
  metrics.countAppended(3, 1, 1, 1);
  metrics.countProduce(1, 1, true);
  metrics.countFetch(1, 1, 50, false);
  assert.equal(metrics.cells[topicStart(0) + topicCell.key], topicKey(1, 1));
  assert.deepEqual([...metrics.cells.subarray(topicStart(0) + 1, topicStart(1))], [3, 100, 50, 1, 1, 1, 0]);
  assert.equal(metrics.cells[topicStart(1) + topicCell.bytesIn], 10);
  assert.equal(Metrics.total([buffer]).producedBytes, 111);
  assert.equal(Metrics.total([buffer]).producedRecords, 5);
});

test('cells of topics that are gone are given to others, with nothing in them; a topic made again begins anew', () => {
  const live = new Set(['1/1']);
  const metrics = new Metrics(Metrics.allocate(1), (row, generation) => live.has(`${row}/${generation}`));
  metrics.countAppended(1, 1, 100, 3);
  live.clear();
  live.add('1/2');
  metrics.countAppended(1, 2, 7, 1);
  assert.equal(metrics.cells[topicStart(0) + topicCell.key], topicKey(1, 2));
  assert.equal(metrics.cells[topicStart(0) + topicCell.bytesIn], 7);
  metrics.countAppended(9, 5, 1, 1);
  assert.equal(metrics.cells[topicStart(0) + topicCell.key], topicKey(1, 2), 'it is in use');
});

test('a thread that is started again goes on where its predecessor stopped, and holds nothing', () => {
  const buffer = Metrics.allocate(4);
  const first = new Metrics(buffer, () => true);
  first.listeners = ['PLAINTEXT'];
  first.connectionOpened('PLAINTEXT');
  first.connectionOpened('PLAINTEXT');
  first.connectionClosed('PLAINTEXT');
  first.countAppended(70_000, 5, 100, 3);
  first.set('chunks', 12);
  first.died();
  const second = new Metrics(buffer, () => true);
  second.listeners = ['PLAINTEXT'];
  second.connectionOpened('PLAINTEXT');
  second.countAppended(70_000, 5, 100, 3);
  second.countAppended(3, 1, 1, 1);
  const { acceptedConnections, closedConnections, openConnections } = Metrics.total([buffer]);
  assert.deepEqual([acceptedConnections, closedConnections, openConnections], [3, 2, 1]);
  assert.deepEqual([...second.cells.subarray(cellStart.listeners, cellStart.listeners + 2)], [3, 2]);
  assert.equal(second.cells[topicStart(0) + topicCell.bytesIn], 200, 'the same cells');
  assert.equal(second.cells[topicStart(1) + topicCell.bytesIn], 1);
  assert.ok(!second.cells.includes(12), 'what the dead one held');
});

test('a key holds row and generation, and is never 0', () => {
  for (const [row, generation] of [
    [0, 0],
    [1, 0x1fffff],
    [2 ** 31 - 1, 0x1fffff],
  ] as const) {
    const key = topicKey(row, generation);
    assert.ok(Number.isSafeInteger(key) && key > 0);
    assert.equal(topicRowOfKey(key), row);
    assert.equal(key - topicKey(row, 0), generation);
  }
  assert.ok(histogramCell.each % 8 === 0);
});

test('a cell that another thread writes is read whole', async () => {
  const cells = new SharedArrayBuffer(64);
  const stop = new SharedArrayBuffer(4);
  const workerData: CellWriterSetup = { cells, stop };
  const worker = new Worker(new URL('../../../support/cell-writer.ts', import.meta.url), { workerData });
  const ended = once(worker, 'exit');
  await once(worker, 'message');
  const cell = new Float64Array(cells);
  const seen = new Map<number, number>();
  for (let look = 0; look < 5_000_000; look++) {
    const value = cell[0]!;
    if (look % 1000 === 0 || !cellNumbers.includes(value as 1)) seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  Atomics.store(new Int32Array(stop), 0, 1);
  await ended;
  assert.ok(
    [...seen.keys()].every((value) => cellNumbers.includes(value as 1)),
    `${[...seen.keys()]}`,
  );
});
