/** `npm run bench -- compare A B`. */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newestRuns, parseRuns, type Run, readRuns } from '../../tools/figures/runs.ts';
import { type Spread, show } from '../figures.ts';
import { type Comparison, compareRuns, type Verdict } from './compare.ts';

const usage = `usage: npm run bench -- compare A B [options]
A and B each name a run: a file of results, or the beginning of a commit or of a date and time (of its suite) that
stands in results/. Of several lines of one workload the newest counts. A figure is better or worse when the rounds of
B and those of A lie apart by more than chance (a rank test over the rounds) and by more than the threshold. Where both
runs measured the peer, what is compared is the ratio to it, round by round.
  --absolute       compare our own figures only
  --alpha P        how seldom chance alone may make such a difference (0.01)
  --threshold N    percent that the medians differ at least (5)
  --all            show what is the same, too
  --json           all comparisons as JSON
  --fail           end with status 1 if anything is worse
`;

/** Answers the exit status. */
export function compareCommand(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      absolute: { type: 'boolean', default: false },
      alpha: { type: 'string', default: '0.01' },
      threshold: { type: 'string', default: '5' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      fail: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length !== 2) {
    process[values.help ? 'stdout' : 'stderr'].write(usage);
    return values.help ? 0 : 2;
  }
  const [before, after] = positionals.map((name) => newestRuns(runsNamed(name)));
  const comparisons = compareRuns(before, after, {
    alpha: Number(values.alpha),
    threshold: Number(values.threshold) / 100,
    isAbsolute: values.absolute,
  });
  if (comparisons.length === 0) throw new Error('the two runs have no figure in common');
  if (values.json) process.stdout.write(`${JSON.stringify(comparisons)}\n`);
  else process.stdout.write(`${describeRuns(before, after)}${showComparisons(comparisons, values.all)}`);
  return values.fail && comparisons.some(({ verdict }) => verdict === 'worse') ? 1 : 0;
}

function runsNamed(name: string): Run[] {
  if (existsSync(name)) return parseRuns(readFileSync(name, 'utf8'));
  const runs = readRuns().filter((run) => (run.suite ?? run.at).startsWith(name) || run.commit.startsWith(name));
  if (runs.length === 0) throw new Error(`${name} is no file, and no run in results/ begins with it`);
  return runs;
}

function describeRuns(before: ReadonlyMap<string, Run>, after: ReadonlyMap<string, Run>): string {
  const machines = new Set(
    [...before.values(), ...after.values()].map(({ machine }) => `${machine.cpu} × ${machine.cores}`),
  );
  if (machines.size === 1) return '';
  return `These runs are of different machines (${[...machines].join(', ')}): only ratios can be compared.\n\n`;
}

const order: readonly Verdict[] = ['worse', 'better', 'unclear', 'same'];

export function showComparisons(comparisons: readonly Comparison[], isAll: boolean): string {
  const rows = order
    .filter((verdict) => isAll || verdict === 'worse' || verdict === 'better')
    .flatMap((verdict) => comparisons.filter((one) => one.verdict === verdict))
    .map(rowOf);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column].length))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  const counts = order.map((verdict) => `${comparisons.filter((one) => one.verdict === verdict).length} ${verdict}`);
  const unclear = comparisons.some(({ verdict }) => verdict === 'unclear') ? ' (unclear: too few rounds to tell)' : '';
  return `${[...lines, `${counts.join(', ')}${unclear}`].join('\n')}\n`;
}

function rowOf({ verdict, workload, figure, basis, before, after, change, chance }: Comparison): string[] {
  const sign = change > 0 ? '+' : '';
  return [
    verdict,
    workload,
    basis === 'ratio' ? `${figure}, to the peer` : figure,
    `${cell(before)} → ${cell(after)}`,
    `${sign}${(change * 100).toFixed(1)} %`,
    `p=${chance.toPrecision(2)}`,
  ];
}

function cell({ median, low, high }: Spread): string {
  return `${show(median)} (${show(low)}–${show(high)})`;
}
