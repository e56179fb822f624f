/** The README's figures from results/. Run it to write them; with --check it only tells whether that is needed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../source-files.ts';
import { renderFigures } from './render.ts';
import { readRuns } from './runs.ts';

const page = join(repositoryRoot, 'README.md');
const begin = '<!-- figures: written by tools/figures/main.ts from results/ -->';
const end = '<!-- end of figures -->';

/** `text` with `figures` between the markers. */
export function withFigures(text: string, figures: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error('the page has no markers for figures');
  return `${text.slice(0, from + begin.length)}\n${figures}\n${text.slice(to)}`;
}

if (import.meta.main) {
  const text = readFileSync(page, 'utf8');
  const fresh = withFigures(text, renderFigures(readRuns()));
  if (!process.argv.includes('--check')) {
    writeFileSync(page, fresh);
  } else if (text !== fresh) {
    console.error('the figures in README.md are not those of results/: run `node tools/figures/main.ts`');
    process.exitCode = 1;
  }
}
