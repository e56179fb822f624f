/**
 * The fuzzer: `node test/fuzz/run.ts --cases 1000000 --seed 7` runs all targets, each with its part of the cases, and
 * adds a line of JSON to results/fuzz.jsonl. `--target NAME` runs one; with `--round N` only that round, as the line says
 * that a failure prints. Ends with status 1 when anything failed.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeCommit, describeMachine } from '../../bench/process-stats.ts';
import { Coverage } from './support/coverage.ts';
import { collectGarbage, heldBytes } from './support/memory.ts';
import { runRound, runTarget, shareOut, type TargetReport } from './support/runner.ts';

const mostGrowthMb = 64;
const leastDecoded = 0.5;
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    round: { type: 'string' },
    results: { type: 'string', default: join(import.meta.dirname, '../../results/fuzz.jsonl') },
    'no-coverage': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const cases = Number(values.cases);
// Before the code in question is loaded: what runs while it is loaded counts too.
const coverage = values['no-coverage'] || values.round !== undefined ? undefined : await Coverage.start();
const { fuzzTargets } = await import('./targets/all.ts');
const targets = fuzzTargets.filter(({ name }) => values.target === undefined || name === values.target);
const uncaught: string[] = [];
process.on('uncaughtException', (error) => uncaught.push(String(error.stack)));
process.on('unhandledRejection', (error) => uncaught.push(String((error as Error)?.stack ?? error)));

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function replay(): Promise<number> {
  const outcome = await runRound(targets[0]!, seed, Number(values.round), cases);
  say(outcome.failure ?? `${outcome.cases} cases, ${outcome.decoded} decoded, no failure`);
  return outcome.failure === undefined && uncaught.length === 0 ? 0 : 1;
}

/** A short run of every target: what is loaded and kept once is there before memory is looked at. */
async function warmUp(): Promise<void> {
  for (const target of targets)
    await runTarget(target, { seed: seed + 1, cases: Math.min(300, cases), mostFailures: 1 });
}

async function runAll(): Promise<number> {
  await warmUp();
  const before = await heldBytes();
  const startedMs = performance.now();
  const reports: Record<string, TargetReport & { heldMb: number }> = {};
  for (const [target, wanted] of shareOut(targets, cases)) {
    const report = await runTarget(target, { seed, cases: wanted, mostFailures: 5, progress: collectGarbage });
    const heldMb = inMb((await heldBytes()) - before);
    reports[target.name] = { ...report, heldMb };
    say(
      `${target.name}: ${report.cases} cases, ${report.decoded} decoded, ${report.failures.length} failures, ${report.seconds.toFixed(1)} s, ${heldMb} MB more held`,
    );
    for (const failure of report.failures) say(failure);
  }
  const growthMb = inMb((await heldBytes()) - before);
  const all = Object.values(reports);
  const sum = (of: (report: TargetReport) => number): number => all.reduce((total, report) => total + of(report), 0);
  const failures = sum((report) => report.failures.length) + uncaught.length;
  const line = {
    at: new Date().toISOString(),
    workload: 'fuzz',
    ...describeCommit(),
    machine: describeMachine(),
    seed,
    cases: sum((report) => report.cases),
    decoded: sum((report) => report.decoded),
    failures,
    growthMb,
    seconds: Number(((performance.now() - startedMs) / 1000).toFixed(1)),
    summary: Object.fromEntries(
      Object.entries(reports).map(([name, { failures: failed, ...rest }]) => [
        name,
        { ...rest, failures: failed.length },
      ]),
    ),
    lineCoverage: await coverage?.ofFolders(['engine/broker/handlers', 'engine/log']),
  };
  mkdirSync(join(values.results, '..'), { recursive: true });
  if (cases >= 1000 && values.target === undefined) appendFileSync(values.results, `${JSON.stringify(line)}\n`);
  say(JSON.stringify(line));
  for (const error of uncaught) say(`uncaught: ${error}`);
  const isGood = failures === 0 && growthMb <= mostGrowthMb && line.decoded >= line.cases * leastDecoded;
  return isGood ? 0 : 1;
}

function inMb(bytes: number): number {
  return Number((bytes / 1_000_000).toFixed(1));
}

process.exit(values.round === undefined ? await runAll() : await replay());
