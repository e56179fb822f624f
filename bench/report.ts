/** One line of JSON a run for machines, one table for people. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ratio, type Spread, show, spread } from './figures.ts';
import type { Options } from './options.ts';
import { describeCommit, describeMachine } from './process-stats.ts';
import type { TargetName } from './target.ts';

/** What a round measured, by the figure's name (with its unit). */
export type Figures = Readonly<Record<string, number>>;

export interface RunResult {
  /** The name of its results: a workload, or a point of the load matrix. */
  readonly workload: string;
  readonly rounds: readonly { readonly target: TargetName; readonly figures: Figures }[];
  /** What else is worth keeping: connections, counters of the broker. */
  readonly details: object;
}

type Summary = Partial<Record<TargetName, Record<string, Spread>>>;

function summarise(run: RunResult): Summary {
  const summary: Summary = {};
  for (const [target, rounds] of Map.groupBy(run.rounds, (round) => round.target)) {
    const names = Object.keys(rounds[0].figures);
    summary[target] = Object.fromEntries(
      names.map((name) => [name, spread(rounds.map((round) => round.figures[name]))]),
    );
  }
  return summary;
}

/** The run's line for machines. `suite` is when the whole of it began: all its lines have the same. */
export function lineOf(run: RunResult, options: Options, suite: string): object {
  const summary = summarise(run);
  const ratios: Record<string, object> = {};
  for (const other of ['peer', 'sink'] as const) {
    const common = Object.keys(summary.ours ?? {}).filter((name) => summary[other]?.[name] !== undefined);
    if (common.length === 0) continue;
    ratios[`to ${other}`] = Object.fromEntries(
      common.map((name) => [name, ratio(summary.ours![name], summary[other]![name])]),
    );
  }
  return {
    at: new Date().toISOString(),
    suite,
    workload: run.workload,
    ...describeCommit(),
    machine: describeMachine(),
    flags: options,
    ...run.details,
    summary,
    ratios,
    rounds: run.rounds,
  };
}

export function record(line: object, results: string): void {
  mkdirSync(dirname(results), { recursive: true });
  appendFileSync(results, `${JSON.stringify(line)}\n`);
}

export function tableOf(run: RunResult): string {
  const summary = summarise(run);
  const names = [...new Set(Object.values(summary).flatMap((figures) => Object.keys(figures)))];
  const rows = [['', 'ours', 'peer', 'sink', 'to peer', 'to sink']];
  for (const name of names) {
    const [ours, peer, sink] = (['ours', 'peer', 'sink'] as const).map((target) => summary[target]?.[name]);
    rows.push([name, cell(ours), cell(peer), cell(sink), times(ours, peer), times(ours, sink)]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row.map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))).join('  '),
  );
  return `\n${run.workload}\n${lines.join('\n')}\n`;
}

function cell(figure: Spread | undefined): string {
  return figure === undefined ? '' : `${show(figure.median)} (${show(figure.low)}-${show(figure.high)})`;
}

function times(ours: Spread | undefined, other: Spread | undefined): string {
  if (ours === undefined || other === undefined) return '';
  const { median, low, high } = ratio(ours, other);
  return `${show(median)}x (${show(low)}-${show(high)})`;
}
