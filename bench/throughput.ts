/** The named loads, each on brokers of its own, so that what a broker counted is of that load alone. */
import { startBrokers, stopBrokers } from './brokers.ts';
import { type Load, loadRounds } from './load-rounds.ts';
import type { Options, WorkloadName } from './options.ts';
import type { Counters } from './peer/ours.ts';
import type { Progress } from './progress.ts';
import type { RunResult } from './report.ts';

type Shape = Pick<Load, 'isFetch' | 'batch' | 'connections' | 'inFlight' | 'rate'> & Partial<Pick<Load, 'partitions'>>;

const produce = { isFetch: false, connections: 4, inFlight: 10, rate: 0 };

const shapes: Partial<Record<WorkloadName, Shape>> = {
  'produce-64k': { ...produce, batch: { recordBytes: 100, batchBytes: 65_536 } },
  'produce-64k-1000': { ...produce, batch: { recordBytes: 100, batchBytes: 65_536 }, partitions: 1000 },
  'produce-1m': { ...produce, batch: { recordBytes: 1000, batchBytes: 1_000_000 } },
  'produce-10': { ...produce, batch: { recordBytes: 100, records: 10 }, inFlight: 5 },
  'produce-1': { ...produce, batch: { recordBytes: 100, records: 1 }, inFlight: 5 },
  fetch: { ...produce, isFetch: true, batch: { recordBytes: 100, batchBytes: 65_536 }, connections: 2, inFlight: 1 },
  connections: { ...produce, batch: { recordBytes: 100, records: 1 }, connections: 1000, inFlight: 5, rate: 10 },
};

export async function runThroughput(workload: WorkloadName, options: Options, progress: Progress): Promise<RunResult> {
  const shape = shapes[workload];
  if (shape === undefined) throw new Error(`${workload} is not a throughput workload`);
  const load: Load = {
    ...shape,
    connections: options.connections ?? shape.connections,
    inFlight: options.inFlight ?? shape.inFlight,
    partitions: shape.partitions ?? options.partitions,
    acks: options.acks,
    topicConfigs: {},
  };
  const brokers = await startBrokers(options);
  let counters: Counters | null = null;
  let rounds: RunResult['rounds'];
  try {
    rounds = await loadRounds(brokers, load, options, progress);
  } finally {
    counters = await stopBrokers(brokers);
  }
  return { workload, rounds, details: { shape: load, counters } };
}
