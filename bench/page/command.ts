/** `npm run bench -- report`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { newestRuns, parseRuns, readRuns } from '../../tools/figures/runs.ts';
import { renderPage } from './page.ts';

const usage = `usage: npm run bench -- report [FILE …] [--out PAGE]
Writes an HTML page with a chart for each group of results: of each workload the newest run with enough rounds, from
the files of results that are named, or all in results/.
  --out PAGE   where it goes (.cache/bench/report.html)
`;

export function pageCommand(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      out: { type: 'string', default: '.cache/bench/report.html' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const runs =
    positionals.length === 0 ? readRuns() : positionals.flatMap((file) => parseRuns(readFileSync(file, 'utf8')));
  const newest = newestRuns(runs);
  if (newest.size === 0) throw new Error('there are no results yet: run `npm run bench`');
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, renderPage(newest));
  process.stdout.write(`${newest.size} workloads: ${values.out}\n`);
}
