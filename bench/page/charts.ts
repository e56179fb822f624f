/** Which charts a set of results makes: one a group of workloads, one a sweep of the load matrix along an axis. */
import type { Run, Target } from '../../tools/figures/runs.ts';
import { ratio, show } from '../figures.ts';
import { type Axis, axes, axisNames, basePoints, type Kind, type Point } from '../matrix/points.ts';
import { type Category, type Chart, targetNames } from './bars.ts';

/** A chart, and the runs that it is made of. */
export interface Group {
  readonly chart: Chart;
  readonly runs: readonly Run[];
}

type Row = readonly [workload: string, figure: string, label: string];

const groups: readonly { readonly title: string; readonly rows: readonly Row[] }[] = [
  {
    title: 'Throughput',
    rows: [
      ['produce-64k', 'MB/s', 'produce, 64 KB batches'],
      ['produce-1m', 'MB/s', 'produce, 1 MB batches'],
      ['produce-10', 'records/s', 'produce, ten records a request'],
      ['produce-1', 'requests/s', 'produce, one record a request'],
      ['fetch', 'MB/s', 'fetch, 1 MB a partition'],
    ],
  },
  {
    title: 'CPU time of the broker (less is better)',
    rows: [
      ['produce-64k', 'broker CPU s/GB', 'produce, 64 KB batches'],
      ['produce-1m', 'broker CPU s/GB', 'produce, 1 MB batches'],
      ['produce-10', 'broker CPU s/GB', 'produce, ten records a request'],
      ['produce-1', 'broker CPU s/GB', 'produce, one record a request'],
      ['fetch', 'broker CPU s/GB', 'fetch, 1 MB a partition'],
    ],
  },
  {
    title: 'Groups',
    rows: [
      ['commits', 'commits/s', 'offsets committed, one a request'],
      ['group', 'stable after ms', '50 members join until they are stable (less is better)'],
    ],
  },
  {
    title: 'Apache Kafka’s own ProducerPerformance and ConsumerPerformance',
    rows: [
      ['java-produce', 'MB/s', 'ProducerPerformance, 100-byte records'],
      ['java-produce', 'p99 ms', 'ProducerPerformance, 99th percentile (less is better)'],
      ['java-fetch', 'MB/s', 'ConsumerPerformance, 100-byte records'],
    ],
  },
  {
    title: '1,000 connections with 10 requests a second each: time from when a request was due (less is better)',
    rows: percentiles('connections'),
  },
  {
    title: 'From exec to the first answer (less is better)',
    rows: [
      ['start', 'cold ms', 'cold'],
      ['start', 'warm ms', 'warm'],
    ],
  },
  {
    title: 'Resident memory of the whole process (less is better)',
    rows: [
      ['memory', 'idle MB', 'idle'],
      ['memory', 'after load MB', 'after load'],
      ['memory', 'peak MB', 'at its highest'],
    ],
  },
];

function percentiles(workload: string): Row[] {
  return ['p50 us', 'p99 us', 'p99.9 us', 'max us'].map((figure) => [workload, figure, figure.replace(/ us$/, '')]);
}

export function groupsOf(runs: ReadonlyMap<string, Run>): Group[] {
  const latencies = [...runs.keys()].filter((name) => /^latency( |$)/.test(name)).sort(byNumbers);
  const titled = [
    ...groups.slice(0, 3),
    ...latencies.map((name) => ({ title: latencyTitle(runs.get(name)!), rows: percentiles(name) })),
    ...groups.slice(3),
  ];
  const named = titled.map(({ title, rows }) => groupOf(title, rows, runs));
  return [...named, ...sweepsOf([...runs.values()])].filter(({ chart }) => chart.categories.length > 0);
}

function latencyTitle(run: Run): string {
  const rate = run.rate === undefined ? 'a fixed rate' : `${run.rate.toLocaleString('en')} messages a second`;
  return `End to end at ${rate}: time from when a record was due until a consumer has it (less is better)`;
}

function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function groupOf(title: string, rows: readonly Row[], runs: ReadonlyMap<string, Run>): Group {
  const used = new Set<Run>();
  const categories = rows.flatMap(([workload, figure, label]) => {
    const run = runs.get(workload);
    const category = run === undefined ? null : categoryOf(run, figure, label);
    if (category === null) return [];
    used.add(run!);
    return [category];
  });
  return { chart: { title, categories, scale: 'each' }, runs: [...used] };
}

const targets: readonly Target[] = ['ours', 'peer', 'sink'];

function categoryOf(run: Run, figure: string, label: string, among = targets): Category | null {
  const bars = among.flatMap((target) => {
    const spread = run.summary[target]?.[figure];
    return spread === undefined ? [] : [{ target, spread }];
  });
  return bars.length === 0 ? null : { label, unit: unitOf(figure), note: noteOf(run, figure), bars };
}

function noteOf({ summary }: Run, figure: string): string {
  const [ours, peer] = [summary.ours?.[figure], summary.peer?.[figure]];
  return ours === undefined || peer === undefined ? '' : `${show(ratio(ours, peer).median)}× ${targetNames.peer}`;
}

/** `p99 us` is in µs, `broker CPU s/GB` in s/GB. */
function unitOf(figure: string): string {
  return figure.slice(figure.lastIndexOf(' ') + 1).replace(/^us$/, 'µs');
}

/** For each point with neighbours along an axis, all points of that line. */
function sweepsOf(runs: readonly Run[]): Group[] {
  const kinds: readonly Kind[] = ['produce', 'fetch'];
  return kinds.flatMap((kind) => {
    const measured = runs.filter(({ point }) => point?.kind === kind);
    const batches = axes.batch.map((batch) => ({ ...basePoints[kind], batch }));
    return [
      sweepOf('batch', basePoints[kind], measured),
      ...batches.flatMap((centre) =>
        axisNames.filter((axis) => axis !== 'batch').map((axis) => sweepOf(axis, centre, measured)),
      ),
    ].filter(({ runs }) => runs.length > 1);
  });
}

const batchNames: Readonly<Record<string, string>> = {
  '1': 'single records',
  '10': 'batches of ten records',
  '16k': '16 KB batches',
  '64k': '64 KB batches',
  '1m': '1 MB batches',
};

const axisTitles: Readonly<Record<Axis, string>> = {
  batch: 'size of batch',
  codec: 'codec',
  acks: 'acks',
  flush: 'flush.messages',
  partitions: 'partitions',
  connections: 'connections',
  keyed: 'keys',
};

function sweepOf(axis: Axis, centre: Point, measured: readonly Run[]): Group {
  const others = axisNames.filter((one) => one !== axis);
  const order = (run: Run) => (axes[axis] as readonly string[]).indexOf(run.point![axis]);
  const runs = measured
    .filter(({ point }) => others.every((one) => point![one] === centre[one]))
    .sort((a, b) => order(a) - order(b) || byNumbers(a.point![axis], b.point![axis]));
  // Compressed bytes are not the bytes that were produced: records are what codecs have in common. The sink inflates none.
  const isCodec = axis === 'codec' && centre.kind === 'produce';
  const figure = isCodec ? 'records/s' : 'MB/s';
  const among = isCodec ? targets.filter((target) => target !== 'sink') : targets;
  const categories = runs.flatMap((run) => {
    const value = run.point![axis];
    return categoryOf(run, figure, axis === 'batch' ? batchNames[value] : value, among) ?? [];
  });
  const title = `${centre.kind === 'fetch' ? 'Fetch' : 'Produce'} by ${axisTitles[axis]}`;
  const chart: Chart = {
    title: axis === 'batch' ? title : `${title}: ${batchNames[centre.batch]}`,
    categories,
    scale: axis === 'batch' ? 'each' : 'common',
  };
  return { chart, runs };
}
