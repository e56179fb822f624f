/** What `npm run bench -- …` takes. */
import { parseArgs } from 'node:util';
import { axes, type Point, parsePoint } from './matrix/points.ts';

export const workloadNames = [
  'produce-64k',
  'produce-64k-1000',
  'produce-1m',
  'produce-10',
  'produce-1',
  'fetch',
  'latency',
  'connections',
  'commits',
  'group',
  'start',
  'memory',
  'stall',
  'java-produce',
  'java-fetch',
] as const;
export type WorkloadName = (typeof workloadNames)[number];

/** Messages a second of the latency workload, where nothing else is said. */
export const defaultRate = 2000;

export interface Options {
  /** Empty where the whole suite is asked for, as are `points`. */
  readonly workloads: readonly WorkloadName[];
  /** Of the load matrix. */
  readonly points: readonly Point[];
  readonly full: boolean;
  /** Only what has this in its name. */
  readonly only: string;
  readonly list: boolean;
  readonly json: boolean;
  /** For the points of the matrix. */
  readonly pointTimes: Pick<Options, 'rounds' | 'firstRounds' | 'seconds' | 'warmUpSeconds'>;
  readonly rounds: number;
  /** Before them, not counted: a Java virtual machine and V8 alike compile what they have seen to be hot. */
  readonly firstRounds: number;
  readonly ours: boolean;
  readonly peer: boolean;
  readonly sink: boolean;
  /** The sink writes what is produced to files, unchecked: the limit of storing. */
  readonly sinkStores: boolean;
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
  /** The logs lie on a file system in memory with large pages (memory-disk.ts). */
  readonly largePages: boolean;
  /** Added to both brokers' server.properties. */
  readonly properties: Readonly<Record<string, string>>;
  readonly results: string;
}

export const usage = `usage: npm run bench -- [options]            the suite: about a quarter of an hour
       npm run bench -- cluster [--help]     clusters of three nodes: produce, latency, fail-over
       npm run bench -- report [--help]      an HTML page of results
       npm run bench -- compare A B [--help] what is better, worse, or the same
  --full              the whole load matrix, longer rounds, more rates: about two hours
  --workload NAME     only ${workloadNames.join(', ')}; may be repeated
  --point "AXIS=VALUE …"  a point of the load matrix, with "fetch" in front for fetches; may be repeated:
${Object.entries(axes)
  .map(([axis, values]) => `                        ${axis}=${values.join('|')}\n`)
  .join('')}  --only TEXT         what has TEXT in its name; --list says what would be run
  --json              lines of JSON on standard output instead of tables
  --rounds N          rounds of each broker, in turn (7; 5 for points), after --first-rounds N that are not counted (1, in
                      the short suite 2; 4 before the first point)
  --no-ours --no-peer --no-sink   leave one out
  --sink-stores       the sink writes what is produced to files, without looking at it: the limit of storing
  --seconds S         length of a round (5, points 2; in the short suite 1.2 and 0.8), after a warm-up of
  --warm-up S         (2, points 0.7; in the short suite 0.4 and 0.3); a round ends early when --max-gb N (4) were counted
  --connections N --in-flight N   other than the workload's own
  --threads N         threads of the load client, a connection each at most (4)   --gather N  requests that it sends with one system call (1)
  --partitions N      (6)   --acks -1|0|1 (-1)   --rate N  messages a second of the latency workload (${defaultRate})
  --ballast-gb N      of memory used once and kept from going back to a virtual machine's host (12; 0 for none)
  --log-root DIR      where both brokers keep their logs (memory: for root a file system of its own with large pages,
                      else /dev/shm if there is one)
  --property k=v      for both brokers' server.properties; may be repeated
  --results FILE      where the lines of JSON are added (results/<host>.jsonl)
`;

/** null: help was asked for. Throws on options that it does not know. */
export function readOptions(args: readonly string[], host: string): Options | null {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      help: { type: 'boolean', default: false },
      workload: { type: 'string', multiple: true },
      point: { type: 'string', multiple: true, default: [] },
      full: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      list: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      'first-rounds': { type: 'string' },
      ours: { type: 'boolean', default: true },
      peer: { type: 'boolean', default: true },
      sink: { type: 'boolean', default: true },
      'sink-stores': { type: 'boolean', default: false },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      'max-gb': { type: 'string', default: '4' },
      'ballast-gb': { type: 'string', default: '12' },
      connections: { type: 'string' },
      'in-flight': { type: 'string' },
      threads: { type: 'string', default: '4' },
      gather: { type: 'string', default: '1' },
      partitions: { type: 'string', default: '6' },
      acks: { type: 'string', default: '-1' },
      rate: { type: 'string', default: String(defaultRate) },
      'log-root': { type: 'string' },
      property: { type: 'string', multiple: true, default: [] },
      results: { type: 'string', default: `results/${host}.jsonl` },
    },
  });
  if (values.help) return null;
  const workloads = (values.workload ?? []).map(knownWorkload);
  const isShort = !values.full && workloads.length === 0 && values.point.length === 0;
  const times = (rounds: number, firstRounds: number, seconds: number, warmUpSeconds: number) => ({
    rounds: Number(values.rounds ?? rounds),
    firstRounds: Number(values['first-rounds'] ?? firstRounds),
    seconds: Number(values.seconds ?? seconds),
    warmUpSeconds: Number(values['warm-up'] ?? warmUpSeconds),
  });
  return checked({
    workloads,
    points: values.point.map(parsePoint),
    full: values.full,
    only: values.only,
    list: values.list,
    json: values.json,
    ...(isShort ? times(7, 2, 1.2, 0.4) : times(7, 1, 5, 2)),
    pointTimes: isShort ? times(5, 4, 0.8, 0.3) : times(5, 4, 2, 0.7),
    ours: values.ours,
    peer: values.peer,
    sink: values.sink,
    sinkStores: values['sink-stores'],
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
    largePages: false,
    properties: Object.fromEntries(values.property.map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
    results: values.results,
  });
}

function checked(options: Options): Options {
  for (const [name, value] of Object.entries({ ...options, ...options.pointTimes })) {
    if (Number.isNaN(value)) throw new Error(`${name} is not a number`);
  }
  if (options.rounds < 1) throw new Error('there is at least one round');
  return options;
}

function knownWorkload(name: string): WorkloadName {
  const known = workloadNames.find((one) => one === name);
  if (known === undefined) throw new Error(`there is no workload ${name}\n${usage}`);
  return known;
}
