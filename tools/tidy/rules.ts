/** House rules that a machine can see. Each names what to write instead. */
export interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Where the rule holds: all sources, or the pure folders only. */
  readonly scope: 'all' | 'pure';
}

export const bans: readonly Ban[] = [
  { pattern: /\b(?:TODO|FIXME|XXX)\b/, instead: 'do it, or write the limit down in docs/', scope: 'all' },
  { pattern: /\bas any\b|:\s*any\b/, instead: 'a type, or unknown', scope: 'all' },
  { pattern: /@ts-(?:ignore|nocheck)/, instead: 'code that compiles', scope: 'all' },
  {
    pattern: /catch\s*(?:\([^)]*\))?\s*\{\s*\}/,
    instead: 'handle the failure, or say in a comment why it is none',
    scope: 'all',
  },
  { pattern: /\b(?:test|it|describe)\.(?:only|todo)\(/, instead: 'a test that runs', scope: 'all' },
  { pattern: /\.skip\(['"]/, instead: 'skipForWant, which does not skip where nothing may be missing', scope: 'all' },
  { pattern: /\bDate\.now\(|\bnew Date\(\)/, instead: 'the injected Clock', scope: 'pure' },
  { pattern: /\bMath\.random\(/, instead: 'the injected Random', scope: 'pure' },
  { pattern: /\bperformance\.now\(/, instead: 'the injected Clock', scope: 'pure' },
];

export const maxFileLines = 500;
export const maxFunctionLines = 70;

export interface Complaint {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** Checks one file. Comments count for the word bans only. */
export function tidy(path: string, source: string, pure: boolean): Complaint[] {
  const complaints: Complaint[] = [];
  const lines = source.split('\n');
  if (lines.length - 1 > maxFileLines) {
    complaints.push({ path, line: lines.length, what: `${lines.length - 1} lines; at most ${maxFileLines}` });
  }
  lines.forEach((text, index) => {
    for (const ban of bans) {
      if (ban.scope === 'pure' && !pure) continue;
      if (ban.pattern.test(text)) {
        complaints.push({ path, line: index + 1, what: `${ban.pattern.source}: instead, ${ban.instead}` });
      }
    }
  });
  complaints.push(...longFunctions(path, lines));
  return complaints;
}

/** Functions and methods by indentation: from a line that opens a body to the first line that closes it at its depth. */
function longFunctions(path: string, lines: readonly string[]): Complaint[] {
  const complaints: Complaint[] = [];
  const opening =
    /^(\s*)(?:export\s+)?(?:(?:async\s+)?function\b|(?:(?:private|protected|public|static|override|async|get|set)\s+)*[\w#*]+\s*(?:<[^>]*>)?\([^;]*\)[^;=]*\{$)/;
  const keyword = /^\s*(?:if|for|while|switch|catch|else|do|try|return|describe|test|it|before|after)\b/;
  for (let index = 0; index < lines.length; index++) {
    const match = opening.exec(lines[index]!);
    if (match === null || keyword.test(lines[index]!) || !/\{\s*$/.test(lines[index]!)) continue;
    const close = `${match[1]}}`;
    let end = index + 1;
    while (end < lines.length && !lines[end]!.startsWith(close)) end += 1;
    const length = end - index - 1;
    if (length > maxFunctionLines) {
      complaints.push({ path, line: index + 1, what: `function of ${length} lines; at most ${maxFunctionLines}` });
    }
  }
  return complaints;
}
