/** docs/metrics.md from the table of metrics. Run it to write the page; with --check it only tells whether that is needed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MetricDefinition, metricDefinitions } from '../../engine/node/metrics/catalogue.ts';
import { repositoryRoot } from '../source-files.ts';

export const metricsPage = join(repositoryRoot, 'docs/metrics.md');

const introduction = [
  '<!-- Written by tools/generate/metrics.ts from engine/node/metrics/catalogue.ts. Do not edit. -->',
  '# Metrics',
  '',
  '`GET /metrics` answers in the text format of Prometheus, or in OpenMetrics where `Accept` asks for it; `GET /healthz`',
  'answers 200 or 503 and says why. Both are served on `millrace.metrics.listener`, by default `http://127.0.0.1:9644`.',
  '',
  '- Metrics whose names begin with `kafka_` are those of Apache Kafka, under the names that the Prometheus JMX exporter',
  '  gives them. What Apache Kafka measures in machinery that is not here has no metric.',
  '- Quantiles are of the last five minutes. A time is measured from the read that completed a request to the step in',
  '  which its answer is handed to the socket; both are looked up once for all requests that they concern.',
  "- A metric without samples is left out. A deleted topic's counters go with it; all others go on over the death of a shard.",
  '- What a shard holds, and how the node is, was written down at most a quarter of a second before it is read.',
  '- A replica, a log or a topic is told of by each node that has it; counts of the cluster by every node.',
  '',
];

const parts: readonly (readonly [title: string, pattern: RegExp])[] = [
  ['Topics', /^kafka_server_brokertopicmetrics/],
  ['Requests', /^kafka_network_requestmetrics|^millrace_request_duration/],
  ['The broker', /^kafka_server_(?!brokertopicmetrics|raft)|^kafka_network_socketserver/],
  ['The controller and the metadata quorum', /^kafka_controller_|^kafka_server_raft/],
  ['Logs', /^kafka_log_/],
  ["Millrace's own", /^millrace_(?!request_duration)/],
  ['The process', /^process_/],
];

export function renderMetricsPage(): string {
  const sections = parts.flatMap(([title, pattern]) => [
    `## ${title}`,
    '',
    '| metric | type | labels | |',
    '| --- | --- | --- | --- |',
    ...metricDefinitions.filter(({ name }) => pattern.test(name)).map(row),
    '',
  ]);
  return [...introduction, ...sections].join('\n');
}

function row({ name, type, labels, help }: MetricDefinition): string {
  const shown = type === 'info' ? `${name}_info` : name;
  return `| \`${shown}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`;
}

if (import.meta.main) {
  const page = renderMetricsPage();
  if (!process.argv.includes('--check')) writeFileSync(metricsPage, page);
  else if (readFileSync(metricsPage, 'utf8') !== page) {
    console.error('docs/metrics.md is not what the table says: run `node tools/generate/metrics.ts`');
    process.exitCode = 1;
  }
}
