/** The bench suite: `npm run bench -- --help`. */
import { hostname } from 'node:os';
import { holdMemory } from './ballast.ts';
import { exitOnSignals } from './children.ts';
import { clusterCommand } from './cluster/command.ts';
import { compareCommand } from './compare/command.ts';
import { withMemoryDisk } from './memory-disk.ts';
import { type Options, readOptions, usage } from './options.ts';
import { pageCommand } from './page/command.ts';
import { logRoot } from './peer/node-properties.ts';
import { planOf, type Step } from './plan.ts';
import { Progress, showSeconds } from './progress.ts';
import { lineOf, type RunResult, record, tableOf } from './report.ts';
import { runSteps } from './suite.ts';

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args;
  if (command === 'report') {
    pageCommand(rest);
  } else if (command === 'compare') {
    process.exitCode = compareCommand(rest);
  } else if (command === 'cluster') {
    await clusterCommand(rest);
  } else {
    const options = readOptions(args, hostname());
    if (options === null) process.stdout.write(usage);
    else if (options.list) await bench(options);
    else await withMemoryDisk(options, bench);
  }
}

async function bench(options: Options): Promise<void> {
  const steps = planOf(options);
  if (steps.length === 0) throw new Error(`nothing has ${options.only} in its name`);
  if (options.list) {
    process.stdout.write(listOf(steps));
    return;
  }
  exitOnSignals();
  const progress = new Progress(process.stderr);
  const suite = new Date().toISOString();
  const release = await holdMemory(logRoot(options.logRoot), options.ballastGb);
  const failures = await runSteps(steps, progress, (result: RunResult, used: Options) => {
    const line = lineOf(result, used, suite);
    record(line, options.results);
    progress.clear();
    process.stdout.write(options.json ? `${JSON.stringify(line)}\n` : tableOf(result));
  });
  release();
  if (failures > 0) {
    progress.note(`${failures} of ${steps.length} failed`);
    process.exitCode = 1;
  }
}

function listOf(steps: readonly Step[]): string {
  const lines = steps.map(({ name, seconds }) => `${name.padEnd(40)} ${showSeconds(seconds)}`);
  const all = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  return `${lines.join('\n')}\n${`${steps.length} steps`.padEnd(40)} ${showSeconds(all)}\n`;
}
