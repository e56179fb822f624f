/** Which lines were run, asked of V8 itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface FolderCoverage {
  readonly lines: number;
  readonly covered: number;
  readonly percent: number;
  /** Percent by file, for those below the rest. */
  readonly files: Readonly<Record<string, number>>;
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

export class Coverage {
  readonly #session: Session;

  private constructor(session: Session) {
    this.#session = session;
  }

  /** Before the code in question is loaded, or what ran until then is not seen. */
  static async start(): Promise<Coverage> {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    return new Coverage(session);
  }

  async ofFolders(folders: readonly string[]): Promise<Record<string, FolderCoverage>> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const ranges = new Map(result.map(({ url, functions }) => [url, functions.flatMap((each) => each.ranges)]));
    const found: Record<string, FolderCoverage> = {};
    for (const folder of folders) found[folder] = coverageOf(folder, ranges);
    return found;
  }
}

function coverageOf(folder: string, ranges: ReadonlyMap<string, readonly Range[]>): FolderCoverage {
  let [lines, covered] = [0, 0];
  const files: Record<string, number> = {};
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((each) => each.endsWith('.ts')).sort()) {
    const path = join(root, folder, name);
    const of = linesOf(path, ranges.get(pathToFileURL(path).href) ?? null);
    lines += of.lines;
    covered += of.covered;
    if (of.lines > 0) files[name] = percent(of.covered, of.lines);
  }
  return { lines, covered, percent: percent(covered, lines), files };
}

/** Lines that hold code once types and comments are gone; one counts as run when no part of it was left out. */
function linesOf(path: string, ranges: readonly Range[] | null): { lines: number; covered: number } {
  const source = readFileSync(path, 'utf8');
  const code = withoutComments(stripTypeScriptTypes(source));
  const wasRun = new Uint8Array(code.length).fill(ranges === null ? 0 : 1);
  // Inner ranges say more than those around them.
  const outerFirst = [...(ranges ?? [])].sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of outerFirst) wasRun.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  let [lines, covered, at] = [0, 0, 0];
  for (const line of code.split('\n')) {
    const text = line.trim();
    if (/\w/.test(text)) {
      const first = at + line.indexOf(text);
      lines += 1;
      if (wasRun.subarray(first, first + text.length).includes(1)) covered += 1;
    }
    at += line.length + 1;
  }
  return { lines, covered };
}

/** Blanks in place of comments, so that positions stay. */
function withoutComments(code: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
  return code.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|\s)\/\/[^\n]*/g, blank);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Number(((part / whole) * 100).toFixed(1));
}
