import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  allPoints,
  axes,
  axisNames,
  loadOf,
  parsePoint,
  pointName,
  shortPoints,
} from '../../../../bench/matrix/points.ts';

test('a point is found again by its name', () => {
  const points = [...allPoints(), ...shortPoints()];
  for (const point of points) assert.deepEqual(parsePoint(pointName(point)), point);
  assert.equal(pointName(parsePoint('fetch,connections=20,batch=16k')), 'fetch batch=16k connections=20');
  assert.equal(pointName(parsePoint('')), 'produce batch=64k');
});

test('no point stands twice, and the short suite is a part of the whole', () => {
  const names = allPoints().map(pointName);
  assert.equal(new Set(names).size, names.length);
  for (const point of shortPoints()) assert.ok(names.includes(pointName(point)), pointName(point));
});

test('the whole matrix has every value of every axis', () => {
  const points = allPoints().filter(({ kind }) => kind === 'produce');
  for (const axis of axisNames)
    for (const value of axes[axis])
      assert.ok(
        points.some((point) => point[axis] === value),
        `${axis}=${value}`,
      );
});

test('the short suite moves along every axis that costs a broker something', () => {
  for (const axis of ['batch', 'codec', 'acks', 'flush', 'partitions', 'connections'] as const) {
    assert.ok(new Set(shortPoints().map((point) => point[axis])).size > 1, axis);
  }
});

test('a load is what its point says', () => {
  const load = loadOf(parsePoint('batch=10 codec=zstd acks=1 flush=1 partitions=37 connections=9 keyed=yes'));
  assert.deepEqual(load, {
    isFetch: false,
    batch: { recordBytes: 100, records: 10, codec: 4, isKeyed: true },
    connections: 9,
    inFlight: 5,
    partitions: 37,
    acks: 1,
    topicConfigs: { 'flush.messages': '1' },
    rate: 0,
  });
  assert.equal(loadOf(parsePoint('')).acks, -1);
  assert.deepEqual(loadOf(parsePoint('fetch')).topicConfigs, {});
});

test('numbers of partitions and connections have limits', () => {
  for (const text of ['connections=0', 'connections=10000', 'partitions=-1', 'partitions=1e3', 'connections=']) {
    assert.throws(() => parsePoint(text), /is one of/);
  }
});
