import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exposition, formatFor } from '#engine/node/metrics/exposition.ts';

function page(format: 'text' | 'openmetrics'): string[] {
  const out = new Exposition(format);
  out.begin('kafka_log_logmanager_logdirectoryoffline').sample(1, 'a "quoted" \\ path\nof two lines');
  out
    .begin('kafka_server_brokertopicmetrics_bytesin_total')
    .sample(12.5)
    .sample(2 ** 52, 't');
  out.begin('kafka_server_raft_metrics_current_state').sample(1, 'leader');
  out.begin('kafka_network_requestmetrics_totaltimems').part('', Number.NaN, ['Fetch'], ['quantile', '0.50']);
  out.part('_count', 0, ['Fetch']);
  out.begin('millrace_request_duration_seconds').part('_bucket', 3, ['Fetch'], ['le', '+Inf']);
  out.begin('kafka_log_log_size');
  out.single('kafka_server_raft_metrics_high_watermark', Number.POSITIVE_INFINITY);
  return out.toString().split('\n');
}

test('the text format: escaped labels, types by sample name, nothing of what has no samples', () => {
  const lines = page('text');
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('# HELP')),
    [
      '# TYPE kafka_log_logmanager_logdirectoryoffline gauge',
      'kafka_log_logmanager_logdirectoryoffline{logDirectory="a \\"quoted\\" \\\\ path\\nof two lines"} 1',
      '# TYPE kafka_server_brokertopicmetrics_bytesin_total counter',
      'kafka_server_brokertopicmetrics_bytesin_total 12.5',
      'kafka_server_brokertopicmetrics_bytesin_total{topic="t"} 4503599627370496',
      '# TYPE kafka_server_raft_metrics_current_state_info gauge',
      'kafka_server_raft_metrics_current_state_info{state="leader"} 1',
      '# TYPE kafka_network_requestmetrics_totaltimems summary',
      'kafka_network_requestmetrics_totaltimems{request="Fetch",quantile="0.50"} NaN',
      'kafka_network_requestmetrics_totaltimems_count{request="Fetch"} 0',
      '# TYPE millrace_request_duration_seconds histogram',
      'millrace_request_duration_seconds_bucket{request="Fetch",le="+Inf"} 3',
      '# TYPE kafka_server_raft_metrics_high_watermark gauge',
      'kafka_server_raft_metrics_high_watermark +Inf',
      '',
    ],
  );
});

test('OpenMetrics: families without the endings of their samples, infos, and an end', () => {
  const lines = page('openmetrics');
  assert.ok(lines.includes('# TYPE kafka_server_brokertopicmetrics_bytesin counter'));
  assert.ok(lines.includes('kafka_server_brokertopicmetrics_bytesin_total{topic="t"} 4503599627370496'));
  assert.ok(lines.includes('# TYPE kafka_server_raft_metrics_current_state info'));
  assert.ok(lines.includes('kafka_server_raft_metrics_current_state_info{state="leader"} 1'));
  assert.deepEqual(lines.slice(-2), ['# EOF', '']);
});

test('what is not in the catalogue, or twice, is a broken invariant', () => {
  const out = new Exposition('text');
  assert.throws(() => out.begin('no_such_metric'));
  assert.throws(() => out.sample(1));
  out.single('process_cpu_seconds_total', 1);
  assert.throws(() => out.single('process_cpu_seconds_total', 1));
});

test('OpenMetrics is for those who ask for it', () => {
  const prometheus = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1';
  assert.equal(formatFor(prometheus), 'openmetrics');
  assert.equal(formatFor('text/plain'), 'text');
  assert.equal(formatFor(undefined), 'text');
});
