import { parseArgs } from 'node:util';
import { describeFailure, range, runSeeds } from './run-seeds.ts';
import { shrink } from './shrink.ts';
import type { SimulationResult } from './simulate.ts';

/**
 * `node test/simulation/run.ts --seed N [--verbose] [--without 1,2] [--shrink]`: one seed again, with all that happens,
 * without some of its faults, or down to the faults that it needs to fail.
 * `--seeds from..to`, or `--minutes M [--from N]`: many; with `--first` until one fails.
 * With `--data` the nodes are whole brokers: seeds of their own.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    without: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    data: { type: 'boolean', default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function* untilTime(from: number, minutes: number): Generator<number> {
  const endMs = performance.now() + minutes * 60_000;
  for (let seed = from; performance.now() < endMs; seed++) yield seed;
}

function seeds(): Iterable<number> {
  if (values.seed !== undefined) return [Number(values.seed)];
  if (values.seeds === undefined) return untilTime(Number(values.from), Number(values.minutes));
  const [from = 1, to = from] = values.seeds.split('..').map(Number);
  return range(from, to);
}

async function shrunk(result: SimulationResult): Promise<void> {
  const without = await shrink(result);
  const needed = result.plan.filter(({ number }) => !without.has(number));
  say(`it needs: ${needed.map(({ number, kind }) => `${number} (${kind})`).join(', ')}`);
  say(`node test/simulation/run.ts --seed ${result.seed} --without ${[...without].sort((a, b) => a - b).join(',')}`);
}

const started = performance.now();
const without = new Set(values.without.split(',').filter(Boolean).map(Number));
const result = await runSeeds(seeds(), (failed) => say(describeFailure(failed)), {
  without,
  onlyFirst: values.first,
  withData: values.data,
  ...(values.verbose ? { echo: say } : {}),
});
const first = result.failures[0];
if (values.shrink && first !== undefined) await shrunk(first);
if (values.seed === undefined) say(result.coverage.table());
for (const name of result.missing) say(`never seen: ${name}`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
say(`${result.runs} seeds, ${result.failures.length} failed, ${result.events} events, ${seconds} s`);
process.exitCode = result.failures.length === 0 && result.missing.length === 0 ? 0 : 1;
