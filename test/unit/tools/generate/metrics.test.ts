import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { metricDefinitions } from '#engine/node/metrics/catalogue.ts';
import { metricsPage, renderMetricsPage } from '../../../../tools/generate/metrics.ts';

test('docs/metrics.md is what the table of metrics says', () => {
  assert.equal(readFileSync(metricsPage, 'utf8'), renderMetricsPage());
});

test('every metric has its place on the page, once', () => {
  const page = renderMetricsPage();
  for (const { name, type } of metricDefinitions) {
    const shown = type === 'info' ? `${name}_info` : name;
    assert.equal(page.split(`\n| \`${shown}\` |`).length, 2, shown);
  }
});
