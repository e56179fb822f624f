/** What a run measures, step by step, and about how long that takes. */
import { latencyName } from './latency.ts';
import { allPoints, type Point, pointName, shortPoints } from './matrix/points.ts';
import { type Options, type WorkloadName, workloadNames } from './options.ts';

export interface Step {
  readonly name: string;
  readonly what: { readonly workload: WorkloadName } | { readonly point: Point };
  readonly options: Options;
  /** An estimate. */
  readonly seconds: number;
}

/** Rates of the latency workload beside the usual one, in the full suite. */
const otherRates = [500, 10_000, 20_000];

export function planOf(options: Options): Step[] {
  const isSuite = options.workloads.length === 0 && options.points.length === 0;
  const workloads = isSuite ? workloadNames : options.workloads;
  const points = isSuite ? (options.full ? allPoints() : shortPoints()) : options.points;
  const steps = workloads.map((workload) => workloadStep(workload, options));
  if (isSuite && options.full) {
    const at = workloads.indexOf('latency') + 1;
    steps.splice(at, 0, ...otherRates.map((rate) => workloadStep('latency', { ...options, rate })));
  }
  // Points share brokers: they stand together.
  steps.push(...points.map((point) => pointStep(point, { ...options, ...options.pointTimes })));
  return steps.filter(({ name }) => name.includes(options.only));
}

function workloadStep(workload: WorkloadName, options: Options): Step {
  const name = workload === 'latency' ? latencyName(options.rate) : workload;
  return { name, what: { workload }, options, seconds: secondsOf(workload, options) };
}

function pointStep(point: Point, options: Options): Step {
  const targets = Number(options.ours) + Number(options.peer) + Number(options.sink);
  const roundSeconds = options.seconds + options.warmUpSeconds + 0.3 + Number(point.partitions) / 200;
  return { name: pointName(point), what: { point }, options, seconds: options.rounds * targets * roundSeconds };
}

const brokersStartSeconds = 6;

function secondsOf(workload: WorkloadName, options: Options): number {
  const brokers = Number(options.ours) + Number(options.peer);
  const loadSeconds = options.seconds + options.warmUpSeconds;
  switch (workload) {
    case 'start':
      return options.rounds * (Number(options.ours) * 4 + Number(options.peer) * 10);
    case 'memory':
      return options.rounds * brokers * (options.seconds + 7);
    case 'latency':
      return brokersStartSeconds + options.rounds * brokers * (loadSeconds + 0.7);
    case 'java-produce':
    case 'java-fetch':
      return brokersStartSeconds + options.rounds * brokers * (options.seconds + 3);
    default:
      return brokersStartSeconds + options.rounds * (brokers + Number(options.sink)) * (loadSeconds + 0.6);
  }
}
