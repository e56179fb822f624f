/**
 * A long run: `node test/chaos/run.ts [--minutes M] [--seed N] [--nodes 3] [--programs millrace,apache,apache]
 * [--partitions 6] [--only kill,pause] [--keep DIR]`. Writes a line into results/chaos.jsonl; ends with 1 where
 * something was found.
 */
import { randomInt } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';
import { runChaos } from './chaos.ts';
import type { Program } from './cluster.ts';

const shownFindings = 20;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    nodes: { type: 'string', default: '3' },
    partitions: { type: 'string', default: '6' },
    programs: { type: 'string', default: 'millrace' },
    only: { type: 'string' },
    keep: { type: 'string' },
  },
});
const programs = values.programs.split(',');
if (!programs.every((name): name is Program => name === 'millrace' || name === 'apache')) {
  throw new Error(`--programs names millrace or apache, not ${values.programs}`);
}
const directory = values.keep === undefined ? makeTempDir('millrace-chaos-') : resolve(values.keep);
mkdirSync(directory, { recursive: true });
process.stdout.write(`seed ${values.seed}, files in ${directory}\n`);
const result = await runChaos({
  nodes: Number(values.nodes),
  programs,
  seed: Number(values.seed),
  seconds: Number(values.minutes) * 60,
  partitions: Number(values.partitions),
  directory,
  ...(values.only === undefined ? {} : { only: values.only.split(',') }),
  say: (line) => process.stdout.write(`${line}\n`),
});
const { findings, ...rest } = result;
for (const { kind, what } of findings.slice(0, shownFindings)) process.stdout.write(`FOUND ${kind}: ${what}\n`);
const kinds = Object.fromEntries(
  [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
);
const line = { at: new Date().toISOString(), machine: hostname(), ...rest, findings: kinds };
appendFileSync(join(import.meta.dirname, '../../results/chaos.jsonl'), `${JSON.stringify(line)}\n`);
process.stdout.write(`${JSON.stringify(line)}\n`);
if (findings.length > 0) process.exitCode = 1;
else if (values.keep === undefined) removeTempDir(directory);
