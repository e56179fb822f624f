/** What `npm run bench -- …` takes. */
import { parseArgs } from 'node:util';

export const workloadNames = [
  'produce-64k',
  'produce-1m',
  'produce-10',
  'produce-1',
  'fetch',
  'latency',
  'start',
  'memory',
] as const;
export type WorkloadName = (typeof workloadNames)[number];

export interface Options {
  readonly workloads: readonly WorkloadName[];
  readonly rounds: number;
  readonly ours: boolean;
  readonly peer: boolean;
  readonly sink: boolean;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly maxGb: number;
  /** Memory that is kept from going back to the host of a virtual machine between rounds. */
  readonly ballastGb: number;
  readonly connections: number | null;
  readonly inFlight: number | null;
  readonly threads: number;
  /** Requests a system call of the client. */
  readonly gather: number;
  readonly partitions: number;
  readonly acks: number;
  readonly rate: number;
  readonly logRoot: string | undefined;
  /** Added to both brokers' server.properties. */
  readonly properties: Readonly<Record<string, string>>;
  readonly results: string;
}

export const usage = `usage: npm run bench -- [options]
  --workload NAME     one of ${workloadNames.join(', ')}; may be repeated; all of them if left out
  --rounds N          rounds of each broker, in turn (7)
  --no-ours --no-peer --no-sink   leave one out
  --seconds S         length of a round (5), after a warm-up of --warm-up S (2); a round ends early at --max-gb N (4)
  --connections N --in-flight N   other than the workload's own
  --threads N         threads of the load client (1)   --gather N  requests that it sends with one system call (1)
  --partitions N      (6)   --acks -1|0|1 (-1)   --rate N  messages a second of the latency workload (2000)
  --ballast-gb N      of memory used once and kept from going back to a virtual machine's host (12; 0 for none)
  --log-root DIR      where both brokers keep their logs (/dev/shm if there is one)
  --property k=v      for both brokers' server.properties; may be repeated
  --results FILE      where the line of JSON is added (results/<host>.jsonl)
`;

/** null: help was asked for. Throws on options that it does not know. */
export function readOptions(args: readonly string[], host: string): Options | null {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      help: { type: 'boolean', default: false },
      workload: { type: 'string', multiple: true },
      rounds: { type: 'string', default: '7' },
      ours: { type: 'boolean', default: true },
      peer: { type: 'boolean', default: true },
      sink: { type: 'boolean', default: true },
      seconds: { type: 'string', default: '5' },
      'warm-up': { type: 'string', default: '2' },
      'max-gb': { type: 'string', default: '4' },
      'ballast-gb': { type: 'string', default: '12' },
      connections: { type: 'string' },
      'in-flight': { type: 'string' },
      threads: { type: 'string', default: '1' },
      gather: { type: 'string', default: '1' },
      partitions: { type: 'string', default: '6' },
      acks: { type: 'string', default: '-1' },
      rate: { type: 'string', default: '2000' },
      'log-root': { type: 'string' },
      property: { type: 'string', multiple: true, default: [] },
      results: { type: 'string', default: `results/${host}.jsonl` },
    },
  });
  if (values.help) return null;
  const workloads = (values.workload ?? workloadNames).map((name) => {
    const known = workloadNames.find((one) => one === name);
    if (known === undefined) throw new Error(`there is no workload ${name}\n${usage}`);
    return known;
  });
  return {
    workloads,
    rounds: Number(values.rounds),
    ours: values.ours,
    peer: values.peer,
    sink: values.sink,
    seconds: Number(values.seconds),
    warmUpSeconds: Number(values['warm-up']),
    maxGb: Number(values['max-gb']),
    ballastGb: Number(values['ballast-gb']),
    connections: values.connections === undefined ? null : Number(values.connections),
    inFlight: values['in-flight'] === undefined ? null : Number(values['in-flight']),
    threads: Number(values.threads),
    gather: Number(values.gather),
    partitions: Number(values.partitions),
    acks: Number(values.acks),
    rate: Number(values.rate),
    logRoot: values['log-root'],
    properties: Object.fromEntries(values.property.map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
    results: values.results,
  };
}
