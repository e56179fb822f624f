import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { metricDefinitions } from '#engine/node/metrics/catalogue.ts';
import { requireApacheKafka } from '../../support/apache-kafka.ts';
import { askForMBeans, exportedMetrics, mbeansFile } from './apache-mbeans.ts';

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

/** Labels that the exporter's rules add, or that Apache Kafka has only where something has failed. */
const otherLabels: Readonly<Record<string, string>> = {
  kafka_server_raft_metrics_current_state_info: 'state',
  kafka_server_brokertopicmetrics_failedproducerequests_total: 'topic',
  kafka_server_brokertopicmetrics_failedfetchrequests_total: 'topic',
};

/** Those that Apache Kafka has only once a replica was throttled. */
const onceThrottled: ReadonlySet<string> = new Set([
  'kafka_server_followerreplication_byte_rate',
  'kafka_server_leaderreplication_byte_rate',
]);

test("every metric with Kafka's name is one that a node of Apache Kafka has, with its labels", () => {
  const theirs = exportedMetrics();
  assert.ok(theirs.size > 300);
  const ours = metricDefinitions.filter(({ name }) => name.startsWith('kafka_') && !onceThrottled.has(name));
  for (const { name, type, labels } of ours) {
    const shown = type === 'info' ? `${name}_info` : name;
    const known = theirs.get(shown);
    assert.ok(known !== undefined, `${shown} is not among Apache Kafka's`);
    for (const label of labels) assert.ok(known.has(label) || otherLabels[shown] === label, `${shown}{${label}}`);
  }
});

test('the golden file of MBeans is what a node of Apache Kafka has', async (t) => {
  if (!requireApacheKafka(t)) return;
  // Some are made or forgotten with time: those that we go by are there in any case.
  const now = new Set((await askForMBeans()).split('\n'));
  const gone = readFileSync(mbeansFile, 'utf8')
    .split('\n')
    .filter((line) => !now.has(line));
  assert.deepEqual(gone, []);
});
