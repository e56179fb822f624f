/** What a run measures, step by step, and about how long that takes. */
import { latencyName } from './latency.ts';
import { allPoints, type Point, pointName, shortPoints } from './matrix/points.ts';
import { type Options, type WorkloadName, workloadNames } from './options.ts';
import { stallRoundSeconds, stallRounds, stallWarmUpSeconds } from './stall/stall.ts';
import { memoryRounds } from './start.ts';

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
  const chosen = steps.filter(({ name }) => name.includes(options.only));
  const first = chosen.findIndex(({ what }) => 'point' in what);
  return chosen.map((step, index) =>
    index === first ? { ...step, seconds: step.seconds + startSeconds(step) } : step,
  );
}

function workloadStep(workload: WorkloadName, options: Options): Step {
  const name = workload === 'latency' ? latencyName(options.rate) : workload;
  return { name, what: { workload }, options, seconds: secondsOf(workload, options) };
}

function pointStep(point: Point, options: Options): Step {
  const targets = brokersOf(options) + Number(options.sink);
  const eachSeconds = options.seconds + options.warmUpSeconds + roundSeconds + Number(point.partitions) / 400;
  return { name: pointName(point), what: { point }, options, seconds: options.rounds * targets * eachSeconds };
}

/** The first point starts the brokers and gives them some load. */
function startSeconds({ options }: Step): number {
  const eachSeconds = 2 * options.seconds + roundSeconds;
  return brokersStartSeconds + 2 * options.firstRounds * brokersOf(options) * eachSeconds;
}

const brokersStartSeconds = 6;
/** A thousand partitions come and go. */
const thousandSeconds = 2.5;
/** What a round takes beside its load: the topic comes and goes. */
const roundSeconds = 0.3;

function brokersOf(options: Options): number {
  return Number(options.ours) + Number(options.peer);
}

function secondsOf(workload: WorkloadName, options: Options): number {
  const brokers = brokersOf(options);
  const loadSeconds = options.seconds + options.warmUpSeconds;
  const allRounds = options.rounds + options.firstRounds;
  switch (workload) {
    case 'start':
      return options.rounds * (Number(options.ours) * 4 + Number(options.peer) * 10);
    case 'memory':
      return memoryRounds(options) * brokers * (options.seconds + 6);
    case 'stall':
      return stallRounds(options) * brokers * (brokersStartSeconds + 2 * (stallRoundSeconds + stallWarmUpSeconds));
    case 'group':
      return brokersStartSeconds + allRounds * brokers;
    case 'commits':
    case 'latency':
      return brokersStartSeconds + allRounds * brokers * (loadSeconds + roundSeconds);
    case 'java-produce':
    case 'java-fetch':
      return (
        brokersStartSeconds + (options.rounds + Math.min(1, options.firstRounds)) * brokers * (options.seconds + 3)
      );
    case 'produce-64k-1000':
      return secondsOf('produce-64k', options) + allRounds * brokers * thousandSeconds;
    default:
      return (
        brokersStartSeconds +
        (allRounds * brokers + options.rounds * Number(options.sink)) * (loadSeconds + roundSeconds)
      );
  }
}
