import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Spread } from '../../bench/figures.ts';
import type { Point } from '../../bench/matrix/points.ts';
import { repositoryRoot } from '../source-files.ts';

export type Target = 'ours' | 'peer' | 'sink';

/** A line of results/*.jsonl, as far as it is shown or compared. */
export interface Run {
  readonly at: string;
  /** When the whole suite began that the line belongs to. */
  readonly suite?: string;
  readonly workload: string;
  readonly commit: string;
  readonly dirty: boolean;
  readonly machine: Readonly<Record<'cpu' | 'system' | 'node', string> & Record<'cores' | 'memoryMb', number>>;
  readonly summary: Readonly<Partial<Record<Target, Readonly<Record<string, Spread>>>>>;
  readonly counters?: Readonly<Record<string, unknown>> | null;
  readonly rounds?: readonly { readonly target: Target; readonly figures: Readonly<Record<string, number>> }[];
  /** Messages a second, of latency runs. */
  readonly rate?: number;
  readonly flags?: { readonly seconds?: number };
  /** Where in the load matrix it was measured. */
  readonly point?: Point;
}

/** Rounds that make a figure; with fewer a run is shown only where there is no better one. */
const roundsOfAFigure = 7;

export function readRuns(directory = join(repositoryRoot, 'results')): Run[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  return files.sort().flatMap((name) => parseRuns(readFileSync(join(directory, name), 'utf8')));
}

/** Runs of crash tests measure nothing and have no summary. */
export function parseRuns(text: string): Run[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as Run).filter((run) => run.summary !== undefined);
}

/** For each workload the newest run of enough rounds, or the newest of all. Runs without us are left out. */
export function newestRuns(runs: readonly Run[]): Map<string, Run> {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    if (run.summary.ours === undefined) continue;
    const known = newest.get(run.workload);
    if (known === undefined || isBetter(run, known)) newest.set(run.workload, run);
  }
  return newest;
}

/** A figure of each round that has it, in their order. */
export function valuesOf(run: Run, target: Target, figure: string): number[] {
  const rounds = (run.rounds ?? []).filter((round) => round.target === target);
  return rounds.map(({ figures }) => figures[figure]).filter((value) => Number.isFinite(value));
}

export function roundsOf(run: Run): number {
  return Math.max(0, ...Object.values(run.summary.ours ?? {}).map(({ rounds }) => rounds));
}

function isBetter(run: Run, known: Run): boolean {
  const [enough, knownEnough] = [roundsOf(run) >= roundsOfAFigure, roundsOf(known) >= roundsOfAFigure];
  return enough === knownEnough ? run.at >= known.at : enough;
}
