import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeTopicConfig } from '#engine/metadata/topic-config-bytes.ts';
import { metricDefinitions } from '#engine/node/metrics/catalogue.ts';
import { renderMetrics } from '#engine/node/metrics/render-metrics.ts';
import { randomUuid } from '#engine/protocol/uuid.ts';
import { type MetricsFixture, metricsSource } from '../../../../support/metrics-source.ts';
import { partitionState } from '../../../../support/partition-state.ts';
import { Scrape } from '../../../../support/read-metrics.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';

const moment = { sharedMs: 5000, wallMs: 100_000 };
const facts = { cpuSeconds: 1.5, residentBytes: 1e8, openFiles: 20, mostOpenFiles: 1024, startedAtSeconds: 1e9 };
const random = new SeededRandom(7);

function createTopic(fixture: MetricsFixture, name: string, isr: readonly number[], minInsync?: number): number {
  const config = encodeTopicConfig(
    new Map(minInsync === undefined ? [] : [['min.insync.replicas', String(minInsync)]]),
  );
  const partition = partitionState({ replicas: [1, 2], isr });
  return fixture.createTopic({ id: randomUuid(random), name, isInternal: false, config }, [partition, partition]);
}

function load(fixture: MetricsFixture): void {
  const { threads, writer, source } = fixture;
  const row = createTopic(fixture, 'a.topic', [1], 2);
  // More than there are replicas is asked of nobody.
  createTopic(fixture, 'other', [1, 2], 3);
  const generation = writer.topics.generationOf(row);
  for (const thread of threads) {
    thread.connectionOpened('PLAINTEXT');
    thread.connectionClosed('PLAINTEXT');
    thread.countRequest(0, 9);
    thread.countError(0, 0);
    thread.countTimes(0, 3, 1);
    thread.countFlush(2);
    thread.countCommit(4);
    thread.countAppended(row, generation, 100, 2);
    thread.countProduce(row, generation, true);
    thread.countFetch(row, generation, 50, false);
    thread.add('busyMs', 100);
    thread.add('idleMs', 300);
  }
  for (const row of [0, 1, 2, 3]) {
    source.metadata.runtime.open(row, {
      logDirectory: row % 2,
      logStartOffset: 1,
      logEndOffset: 2 ** 40,
      highWatermark: 5,
      recoveryPoint: 0,
      sizeBytes: 4096,
    });
  }
}

test('every metric of the catalogue is written, and nothing twice, in both formats', () => {
  const fixture = metricsSource({ sharedMs: 4900 });
  load(fixture);
  for (const format of ['text', 'openmetrics'] as const) {
    const { types } = new Scrape(renderMetrics(format, fixture.source, facts, moment));
    const expected = metricDefinitions.map(({ name, type }) => {
      if (format === 'text') return type === 'info' ? `${name}_info` : name;
      return name.replace(/_total$/, '');
    });
    assert.deepEqual([...types.keys()].sort(), expected.sort());
  }
});

test('threads are added up, and topics over threads', () => {
  const fixture = metricsSource({ sharedMs: 4900 });
  load(fixture);
  const page = new Scrape(renderMetrics('text', fixture.source, facts, moment));
  const topic = { topic: 'a.topic' };
  const traffic = 'kafka_server_brokertopicmetrics_';
  assert.equal(page.value(`${traffic}bytesin_total`), 300);
  assert.equal(page.value(`${traffic}bytesin_total`, topic), 300);
  assert.equal(page.value(`${traffic}messagesin_total`, topic), 6);
  assert.equal(page.value(`${traffic}bytesout_total`, topic), 150);
  assert.equal(page.value(`${traffic}failedproducerequests_total`, topic), 3);
  assert.equal(page.value(`${traffic}failedfetchrequests_total`, topic), 0);
  assert.equal(page.value(`${traffic}bytesin_total`, { topic: 'other' }), undefined, 'it had no traffic');
  const request = { request: 'Produce' };
  assert.equal(page.value('kafka_network_requestmetrics_requests_total', { ...request, version: '9' }), 3);
  assert.equal(page.value('kafka_network_requestmetrics_errors_total', { ...request, error: 'NONE' }), 3);
  assert.equal(page.value('kafka_network_requestmetrics_totaltimems_count', request), 3);
  assert.equal(page.value('kafka_network_requestmetrics_totaltimems_sum', request), 9);
  const buckets = page.samples.filter(({ name }) => name === 'millrace_request_duration_seconds_bucket');
  assert.deepEqual(
    buckets.map(({ value }) => value),
    buckets.map(({ labels }) => (Number(labels.le?.replace('+Inf', 'Infinity')) > 0.003 ? 3 : 0)),
  );
  assert.equal(page.value('kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent'), 0.75);
  const connection = { listener: 'PLAINTEXT', networkProcessor: '2' };
  assert.equal(page.value('kafka_server_socket_server_metrics_connection_creation_total', connection), 1);
  assert.equal(page.value('kafka_server_socket_server_metrics_connection_count', connection), 0);
});

test('partitions are counted as they are, and have metrics of their own up to the limit', () => {
  const fixture = metricsSource({ sharedMs: 4900 });
  load(fixture);
  fixture.offline.add('/b');
  const page = new Scrape(renderMetrics('text', fixture.source, facts, moment));
  const of = (name: string): number | undefined => page.value(`kafka_server_replicamanager_${name}`);
  assert.deepEqual(
    ['leadercount', 'partitioncount', 'underreplicatedpartitions', 'underminisrpartitioncount'].map(of),
    [4, 4, 2, 2],
  );
  assert.equal(of('atminisrpartitioncount'), 2);
  assert.equal(of('offlinereplicacount'), 2);
  assert.equal(page.sum('kafka_log_logmanager_logdirectoryoffline'), 1);
  assert.equal(page.samples.filter(({ name }) => name === 'kafka_log_log_size').length, 2);
  assert.equal(page.value('kafka_log_log_logendoffset', { topic: 'a.topic', partition: '1' }), 2 ** 40);
  assert.equal(page.value('millrace_partitions_left_out'), 2);
});

test("a deleted topic's counters go with it, and what takes its cells begins at nothing", () => {
  const fixture = metricsSource({ sharedMs: 4900 });
  load(fixture);
  fixture.writer.removeTopic(0, 10);
  const page = new Scrape(renderMetrics('text', fixture.source, facts, moment));
  const metric = 'kafka_server_brokertopicmetrics_bytesin_total';
  assert.deepEqual(
    page.samples.filter(({ name }) => name === metric).map(({ labels, value }) => [labels.topic, value]),
    [[undefined, 300]],
  );
  fixture.writer.reclaim(10);
  const row = createTopic(fixture, 'again', [1]);
  assert.equal(row, 0);
  fixture.threads[0]!.countAppended(row, fixture.writer.topics.generationOf(row), 5, 1);
  const later = new Scrape(renderMetrics('text', fixture.source, facts, moment));
  assert.equal(later.value(metric, { topic: 'again' }), 5);
});
