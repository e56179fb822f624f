import { ratio, type Spread, show } from '../../bench/figures.ts';
import { newestRuns, type Run, roundsOf } from './runs.ts';

/** A row of the table: a figure of a workload, and what it is meant to reach. */
interface Row {
  readonly workload: string;
  readonly figure: string;
  readonly label: string;
  readonly goal: string;
}

const row = (workload: string, figure: string, label: string, goal = ''): Row => ({ workload, figure, label, goal });

const rows: readonly Row[] = [
  row(
    'produce-64k',
    'MB/s',
    'produce, 64 KB batches of 100-byte records, 4 connections × 10 in flight, MB/s',
    '≥ 3.5×, then 4× and 55 % of the sink',
  ),
  row('produce-64k', 'broker CPU s/GB', 'the same, CPU seconds of the broker a GB', '≤ 0.3×, then 0.25×'),
  row('produce-64k-1000', 'MB/s', 'the same over 1,000 partitions, MB/s', '≥ 4×'),
  row('produce-64k-1000', 'broker CPU s/GB', 'the same, CPU seconds of the broker a GB', '≤ 1.5× of ours at 6'),
  row('produce batch=64k codec=lz4', 'records/s', '64 KB batches, lz4, records/s'),
  row('produce batch=64k codec=zstd', 'records/s', '64 KB batches, zstd, records/s'),
  row('produce-1m', 'MB/s', 'produce, 1 MB batches of 1,000-byte records, MB/s'),
  row('produce-10', 'records/s', 'produce, ten records a request, records/s'),
  row(
    'produce-1',
    'requests/s',
    'produce, one record a request, 4 connections × 5 in flight, requests/s',
    '≥ 2.5×, 55 % of the sink; then 3×, 65 %',
  ),
  row('fetch', 'MB/s', 'fetch, 1 MB a partition, 2 connections, MB/s', '75 %, then 80 % of the sink'),
  row('fetch', 'broker CPU s/GB', 'the same, CPU seconds of the broker a GB', '≤ 1×'),
  row('java-produce', 'records/s', "Apache Kafka's ProducerPerformance, 100-byte records, records/s", '≥ 1.3×'),
  row('java-fetch', 'records/s', "Apache Kafka's ConsumerPerformance, 100-byte records, records/s", '≥ 1.2×'),
  row('latency', 'p50 us', 'end to end at a fixed rate, median, µs', '≤ 0.8×'),
  row('latency', 'p99 us', 'end to end at a fixed rate, 99th percentile, µs', '≤ 0.7×'),
  row('latency', 'p99.9 us', 'end to end at a fixed rate, 99.9th percentile, µs', '≤ 0.7×'),
  row('connections', 'p99 us', '1,000 connections × 10 one-record requests/s, 99th percentile, µs', '≤ 0.5×'),
  row('start', 'cold ms', 'from exec to the first answer, cold, ms', '≤ 0.25×, then 0.2×'),
  row('start', 'warm ms', 'from exec to the first answer, warm, ms', '≤ 0.15×, then 0.1×'),
  row('memory', 'idle MB', 'resident memory, idle, MB', '≤ 0.35×'),
  row('memory', 'after load MB', 'resident memory after load, MB'),
  row('memory', 'peak MB', 'resident memory at its highest, MB', '≤ 0.35×'),
  row('stall', 'p99 us', 'one of two directories stalls: 99th percentile in the other, µs'),
  row('stall', 'p99 times undisturbed', 'the same, times that of undisturbed rounds', 'ours ≤ 2'),
  row('stall', 'longest heartbeat ms', 'the same, longest wait of a heartbeat, ms', 'ours < 1,000'),
  row('commits', 'commits/s', 'offsets committed, one a request, commits/s', '≥ 3×'),
  row('group', 'stable after ms', 'classic group of 50 members, until it is stable, ms', '≤ 0.5×'),
  row('cluster-produce-64k', 'MB/s', 'three nodes, three replicas: 64 KB batches, 6 partitions, MB/s', '≥ 5×'),
  row('cluster-produce-64k partitions=1', 'MB/s', 'the same, 1 partition, MB/s', '≥ 5×'),
  row('cluster-produce-1m', 'MB/s', 'three nodes: 1 MB batches, 6 partitions, MB/s', '≥ 2×'),
  row('cluster-produce-1m partitions=1', 'MB/s', 'the same, 1 partition, MB/s', '≥ 2×'),
  row('cluster-latency rate=1000', 'p50 us', 'three nodes, 1,000 messages/s, median, µs', '≤ 0.5×'),
  row('cluster-latency rate=1000', 'p99 us', 'the same, 99th percentile, µs', '≤ 0.5×'),
  row(
    'cluster-failover controller',
    'controller killed, topic made ms',
    'active controller killed, until a topic is made, ms',
    '≤ 0.3×',
  ),
  row(
    'cluster-failover leader',
    'leader killed, produced ms',
    'leader killed, until its partition is produced to, ms',
    '≤ 0.3×',
  ),
  row('cluster-memory', 'after load MB', 'three nodes, resident memory after load, MB', '≤ 0.4×'),
  row('cluster-catch-up', 'catch-up MB/s', 'a follower that was down catches up, MB/s', '≥ 2×'),
];

const head = [
  '| workload | Millrace | Apache Kafka 4.3.1 | sink | to Apache Kafka | to the sink | goal |',
  '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
];

export const noResults = 'No results yet: run `npm run bench`, then `node tools/figures/main.ts`.';

/** The README's figures, from the lines of results/. */
export function renderFigures(runs: readonly Run[]): string {
  const newest = newestRuns(runs);
  const shown = rows.filter(({ workload, figure }) => newest.get(workload)?.summary.ours?.[figure] !== undefined);
  if (shown.length === 0) return noResults;
  const lines = shown.map((one) => tableRow(one, newest.get(one.workload)!));
  const sources = [...new Set(shown.map(({ workload }) => workload))].map((name) => sourceLine(newest.get(name)!));
  return [
    ...head,
    ...lines,
    '',
    'Medians of the rounds, quartiles in brackets; a ratio is that of the medians.',
    '',
    ...sources,
  ].join('\n');
}

function tableRow({ figure, label, goal }: Row, { summary }: Run): string {
  const [ours, peer, sink] = (['ours', 'peer', 'sink'] as const).map((target) => summary[target]?.[figure]);
  const cells = [label, cell(ours), cell(peer), cell(sink), times(ours, peer), percent(ours, sink), goal];
  return `| ${cells.join(' | ')} |`;
}

function cell(spread: Spread | undefined): string {
  if (spread === undefined) return '';
  if (spread.rounds === 1) return show(spread.median);
  return `${show(spread.median)} (${show(spread.low)}–${show(spread.high)})`;
}

function times(ours: Spread | undefined, other: Spread | undefined): string {
  return ours === undefined || other === undefined ? '' : `**${show(ratio(ours, other).median)}×**`;
}

function percent(ours: Spread | undefined, other: Spread | undefined): string {
  return ours === undefined || other === undefined ? '' : `${show(100 * ratio(ours, other).median)} %`;
}

function sourceLine(run: Run): string {
  const { machine } = run;
  const memoryGb = Math.round(machine.memoryMb / 1024);
  const rounds = roundsOf(run);
  const parts = [
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
    run.at.slice(0, 10),
    `commit ${run.commit}${run.dirty ? ' with changes' : ''}`,
    `${machine.cpu} × ${machine.cores}, ${memoryGb} GB, ${machine.system}, Node ${machine.node}`,
    ...copied(run),
  ];
  return `- ${run.workload}: ${parts.join('; ')}.`;
}

/** Bytes that the broker copied for each byte produced or fetched, by its own count. */
function copied({ counters, workload }: Run): string[] {
  const [copiedName, allName] =
    workload === 'fetch' ? ['copiedFetchBytes', 'fetchedBytes'] : ['copiedProduceBytes', 'producedBytes'];
  const [part, all] = [counters?.[copiedName], counters?.[allName]];
  if (typeof part !== 'number' || typeof all !== 'number' || all === 0) return [];
  return [`${show(part / all)} bytes copied a byte`];
}
