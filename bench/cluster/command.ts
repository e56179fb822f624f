/** `npm run bench -- cluster`: three nodes of ours and three of the peer, in turn. */
import { hostname } from 'node:os';
import { exitOnSignals } from '../children.ts';
import { withMemoryDisk } from '../memory-disk.ts';
import { type Options, readOptions } from '../options.ts';
import { Progress } from '../progress.ts';
import { type Figures, lineOf, type RunResult, record, tableOf } from '../report.ts';
import { measuredRounds } from '../rounds.ts';
import { BenchCluster } from './cluster.ts';
import { catchUp, controllerFailover, leaderFailover } from './failover.ts';
import { connections, inFlight, latencyRound, memoryRound, produceRound } from './load.ts';

type RunRound = (cluster: BenchCluster, name: string, options: Options) => Promise<Figures>;

const batches = {
  '64k': { recordBytes: 100, batchBytes: 65_536 },
  '1m': { recordBytes: 1000, batchBytes: 1_000_000 },
} as const;

const produce =
  (batch: keyof typeof batches, partitions: number): RunRound =>
  (cluster, name, options) =>
    produceRound(cluster, { shape: batches[batch], partitions }, name, options);

const workloads: Readonly<Record<string, RunRound>> = {
  'cluster-produce-64k': produce('64k', 6),
  'cluster-produce-64k partitions=1': produce('64k', 1),
  'cluster-produce-1m': produce('1m', 6),
  'cluster-produce-1m partitions=1': produce('1m', 1),
  'cluster-latency rate=1000': latencyRound,
  'cluster-memory': memoryRound,
  'cluster-catch-up': catchUp,
  'cluster-failover controller': controllerFailover,
  'cluster-failover leader': leaderFailover,
};

const usage = `usage: npm run bench -- cluster [options]   three nodes each, three replicas, acks=all
  --only TEXT         what has TEXT in its name, of
${Object.keys(workloads)
  .map((name) => `                        ${name}\n`)
  .join(
    '',
  )}  and the options of the suite: --rounds --seconds --warm-up --no-ours --no-peer --log-root --property --results --json
`;

export async function clusterCommand(args: readonly string[]): Promise<void> {
  const asked = readOptions(args, hostname());
  if (asked === null) {
    process.stdout.write(usage);
    return;
  }
  const names = Object.keys(workloads).filter((name) => name.includes(asked.only));
  if (asked.list) {
    process.stdout.write(names.map((name) => `${name}\n`).join(''));
    return;
  }
  if (names.length === 0) throw new Error(`nothing has ${asked.only} in its name\n${usage}`);
  exitOnSignals();
  await withMemoryDisk(asked, (options) => runAll(names, options));
}

async function runAll(names: readonly string[], options: Options): Promise<void> {
  const progress = new Progress(process.stderr);
  const suite = new Date().toISOString();
  const clusters: BenchCluster[] = [];
  try {
    for (const name of ['ours', 'peer'] as const) {
      if (options[name]) clusters.push(await BenchCluster.start(name, options));
    }
    for (const [index, workload] of names.entries()) {
      progress.step(workload, index, names.length, 0);
      const rounds = await roundsOf(workload, clusters, options, progress);
      const result: RunResult = { workload, rounds, details: { shape: { connections, inFlight, replicas: 3 } } };
      const line = lineOf(result, options, suite);
      record(line, options.results);
      progress.clear();
      process.stdout.write(options.json ? `${JSON.stringify(line)}\n` : tableOf(result));
    }
  } finally {
    progress.clear();
    for (const cluster of clusters) await cluster.stop();
  }
}

function roundsOf(
  workload: string,
  clusters: readonly BenchCluster[],
  options: Options,
  progress: Progress,
): Promise<RunResult['rounds']> {
  const run = workloads[workload];
  return measuredRounds(clusters, options, progress, (cluster, round) =>
    run(cluster, `${workload.replaceAll(/[^a-z0-9]/g, '-')}-${round + options.firstRounds}`, options),
  );
}
