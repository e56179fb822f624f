import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePoint, pointName } from '../../../../bench/matrix/points.ts';
import { barChart, type Chart } from '../../../../bench/page/bars.ts';
import { groupsOf } from '../../../../bench/page/charts.ts';
import { escapeText, Markup, markup } from '../../../../bench/page/markup.ts';
import { renderPage } from '../../../../bench/page/page.ts';
import type { Run } from '../../../../tools/figures/runs.ts';

const spread = (median: number) => ({ median, low: median * 0.9, high: median * 1.2, rounds: 7 });
const machine = { cpu: 'A CPU', cores: 2, memoryMb: 16_000, system: 'linux', node: 'v26' };

function run(workload: string, figure: string, more: Partial<Run> = {}): Run {
  const summary = { ours: { [figure]: spread(200) }, peer: { [figure]: spread(100) }, sink: { [figure]: spread(400) } };
  return { at: '2026-01-02T03', workload, commit: 'abc', dirty: false, machine, summary, ...more };
}

const pointRun = (text: string) => {
  const point = parsePoint(text);
  return run(pointName(point), text.includes('codec') ? 'records/s' : 'MB/s', { point });
};

const byName = (...runs: Run[]) => new Map(runs.map((one) => [one.workload, one]));

/** Throws unless every tag is closed in its turn, every attribute quoted, and no bare special character left. */
function assertWellFormed(text: string): void {
  const open: string[] = [];
  const rest = text.replace(
    /<(\/?)([a-z]+)((?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*(\/?)>/g,
    (_, close, name, _attributes, empty) => {
      if (close === '/') assert.equal(open.pop(), name);
      else if (empty !== '/') open.push(name);
      return '';
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/);
}

test('what is put into a template is text; markup stays what it is', () => {
  assert.equal(escapeText(`<b a="1" c='2'>&amp;`), '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;');
  const inner = markup`<i>${'<'}</i>`;
  assert.equal(
    markup`<p title="${'"'}">${inner}${[inner, inner]}${1 / 3}</p>`.text,
    '<p title="&quot;"><i>&lt;</i><i>&lt;</i>\n<i>&lt;</i>0.33</p>',
  );
  assert.ok(inner instanceof Markup);
});

test('nothing that stands in a line of results gets out of its place', () => {
  const evil = `</text><script>alert("1")</script>'&`;
  const evilRun = run(evil, evil, {
    commit: evil,
    at: '<script>00',
    machine: { ...machine, cpu: evil, system: evil, node: evil },
  });
  const page = renderPage(byName(evilRun, run('fetch', 'MB/s', { commit: evil })));
  assert.doesNotMatch(page, /<script/);
  assert.ok(page.includes(escapeText(evil)));
});

test('the page is one file: no scripts, nothing from elsewhere, light and dark', () => {
  const page = renderPage(byName(run('produce-64k', 'MB/s'), pointRun('batch=64k'), pointRun('codec=lz4')));
  assert.doesNotMatch(page, /<script|<link|<img|https?:|url\(|@import/);
  assert.match(page, /default-src 'none'; style-src 'unsafe-inline'/);
  assert.match(page, /prefers-color-scheme: dark/);
});

const chart: Chart = {
  title: 'A & B',
  scale: 'common',
  categories: [
    {
      label: '<one>',
      unit: 'MB/s',
      note: '',
      bars: [
        { target: 'ours', spread: spread(100) },
        { target: 'peer', spread: spread(50) },
      ],
    },
    { label: 'two', unit: 'MB/s', note: '2× <', bars: [{ target: 'ours', spread: spread(25) }] },
  ],
};

const barWidths = (svg: string) =>
  [...svg.matchAll(/<rect class="\w+" .*? width="([\d.]+)"/g)].map(([, w]) => Number(w));

test('a chart is well-formed, and its bars are as long as their medians, all on one scale', () => {
  const svg = barChart(chart).text;
  assertWellFormed(svg);
  const [first, second, third] = barWidths(svg);
  assert.ok(Math.abs(second - first / 2) < 0.02 && Math.abs(third - first / 4) < 0.02);
  // The line to the upper quartile ends where the scale does.
  assert.ok(Math.abs(first * 1.2 - 460) < 0.02);
});

test('on scales of their own the longest line of each category is as long', () => {
  const [first, , third] = barWidths(barChart({ ...chart, scale: 'each' }).text);
  assert.equal(first, third);
});

test('values that are none, or nothing, are drawn as nothing', () => {
  const none = { median: Number.NaN, low: Number.NaN, high: Number.NaN, rounds: 1 };
  const zero = { median: 0, low: 0, high: 0, rounds: 1 };
  for (const one of [none, zero]) {
    const svg = barChart({
      ...chart,
      categories: [{ label: 'x', unit: 's', note: '', bars: [{ target: 'ours', spread: one }] }],
    }).text;
    assertWellFormed(svg);
    assert.deepEqual(barWidths(svg), [0]);
    assert.doesNotMatch(svg, /(?:x|y|width|d)="[^"]*(?:NaN|Infinity)/);
  }
});

test('points make a chart for each axis on which they have neighbours, in the order of the axis', () => {
  const names = [
    'batch=64k',
    'codec=zstd',
    'codec=gzip',
    'connections=20',
    'connections=100',
    'batch=1',
    'batch=1 acks=0',
  ];
  const groups = groupsOf(byName(...names.map(pointRun)));
  const titles = groups.map(({ chart }) => chart.title);
  assert.deepEqual(titles, [
    'Produce by size of batch',
    'Produce by acks: single records',
    'Produce by codec: 64 KB batches',
    'Produce by connections: 64 KB batches',
  ]);
  assert.deepEqual(
    groups[3].chart.categories.map(({ label }) => label),
    ['4', '20', '100'],
  );
  assert.deepEqual(
    groups[0].chart.categories.map(({ label }) => label),
    ['single records', '64 KB batches'],
  );
});

test('a category says how ours compares with the peer, and what took one round has no quartiles', () => {
  const one = run('produce-64k', 'MB/s');
  const [group] = groupsOf(byName(one));
  assert.equal(group.chart.categories[0].note, '2× Apache Kafka');
  assert.match(barChart(group.chart).text, />200 \(180–240\)</);
  const single = { ...spread(200), rounds: 1 };
  const [alone] = groupsOf(byName({ ...one, summary: { ours: { 'MB/s': single } } }));
  assert.equal(alone.chart.categories[0].note, '');
  assert.match(barChart(alone.chart).text, />200</);
});

test('codecs are compared without the sink, which inflates nothing', () => {
  const groups = groupsOf(byName(pointRun('codec=lz4'), pointRun('codec=zstd')));
  assert.deepEqual(
    groups[0].chart.categories.map(({ bars }) => bars.map(({ target }) => target)),
    [
      ['ours', 'peer'],
      ['ours', 'peer'],
    ],
  );
});

test('each run is on the page, drawn or in the table of others', () => {
  const page = renderPage(
    byName(run('latency', 'p99 us', { rate: 2000 }), run('something-new', 'MB/s'), pointRun('fetch acks=1')),
  );
  for (const text of ['2,000 messages a second', 'something-new', 'fetch batch=64k acks=1'])
    assert.ok(page.includes(text), text);
});
