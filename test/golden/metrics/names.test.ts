import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { metricDefinitions } from '#engine/node/metrics/catalogue.ts';

/** Boards and alerts are built on these. A line may be added; one that goes or changes breaks them. */
const golden = readFileSync(join(import.meta.dirname, 'names.txt'), 'utf8')
  .trim()
  .split('\n');

test('names, types and labels of metrics are those that boards are built on', () => {
  const ours = metricDefinitions.map(({ name, type, labels }) =>
    `${type === 'info' ? `${name}_info` : name} ${type} ${labels.join(',')}`.trim(),
  );
  assert.deepEqual(ours.sort(), golden);
  assert.equal(new Set(golden.map((line) => line.split(' ')[0])).size, golden.length);
});

test('names and labels are written as Prometheus wants them', () => {
  for (const { name, type, labels, help } of metricDefinitions) {
    assert.match(name, /^(kafka|millrace|process)_[a-z0-9_]+$/);
    assert.equal(name.endsWith('_total'), type === 'counter', name);
    for (const label of labels) assert.match(label, /^[a-z][a-zA-Z_]*$/);
    for (const reserved of ['le', 'quantile']) assert.ok(!labels.includes(reserved), name);
    assert.match(help, /\.$/, name);
  }
});
