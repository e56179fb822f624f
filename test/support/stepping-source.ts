import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Step } from './interleavings.ts';

/**
 * The engine's own source, rewritten so that every access to shared memory is a step of a generator: `Atomics.load(x)`
 * becomes `(yield ['load', x])`, every function that reaches one becomes a generator, and calls of it `yield*`. What
 * runs under the explorer is thus the shipped text, not a model of it.
 *
 * The rewriting is by name: if one method called `release` steps, all methods called `release` in the given files are
 * generators. It relies on the repository's formatting (methods are indented by two, functions by none).
 */
export interface SteppingOptions {
  /** Paths below the repository's root, dependencies first. */
  readonly files: readonly string[];
  /** Replacements in the source that break it on purpose; each must apply exactly once. */
  readonly mutations?: readonly { readonly from: string; readonly to: string }[];
}

/** The class with the methods `Names` turned into generators. */
export type Stepping<C extends new (...parameters: never[]) => object, Names extends keyof InstanceType<C>> = new (
  ...parameters: ConstructorParameters<C>
) => Omit<InstanceType<C>, Names> & {
  readonly [K in Names]: InstanceType<C>[K] extends (...parameters: infer P) => infer R
    ? (...parameters: P) => Generator<Step, R, unknown>
    : never;
};

/** The function turned into a generator. */
export type SteppingFunction<F> = F extends (...parameters: infer P) => infer R
  ? (...parameters: P) => Generator<Step, R, unknown>
  : never;

// Stripped modifiers leave blanks: `private` eight, `protected` ten.
const definition =
  /^(?:function | {2}(?: {8}| {10})?(?!constructor\b|get |set |static |if\b|for\b|while\b|return\b))(\w+)\(/gm;

export function loadStepping<T>(options: SteppingOptions): T {
  let source = '';
  for (const file of options.files) source += `${plainScript(file)}\n`;
  for (const { from, to } of options.mutations ?? []) {
    if (source.split(from).length !== 2) throw new Error(`mutation does not apply exactly once: ${from}`);
    source = source.replace(from, () => to);
  }
  const names = steppingNames(source);
  const rewritten = rewriteCalls(rewriteDefinitions(source, names), names);
  const exported = [...source.matchAll(/^(?:function|class|const) (\w+)/gm)].map((match) => match[1]);
  return new Function(`'use strict';\n${rewritten}\nreturn { ${exported.join(', ')} };`)() as T;
}

function plainScript(file: string): string {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return stripTypeScriptTypes(text)
    .replace(/^import [^;]*;$/gm, '')
    .replace(/^export \{[^}]*\};$/gm, '')
    .replace(/^export /gm, '');
}

interface Definition {
  readonly name: string;
  /** Where the name begins. */
  readonly at: number;
  readonly body: string;
}

function definitionsIn(source: string): readonly Definition[] {
  const found: Definition[] = [];
  for (const match of source.matchAll(definition)) {
    const close = closing(source, source.indexOf('(', match.index));
    // Otherwise it is a call that stands at the same indentation.
    const brace = /^\)\s*\{/.exec(source.slice(close, close + 400));
    if (brace === null) continue;
    const open = close + brace[0].length - 1;
    const at = match.index + match[0].length - match[1].length - 1;
    found.push({ name: match[1], at, body: source.slice(open, closing(source, open)) });
  }
  return found;
}

/** Functions that touch shared memory, directly or through another. */
function steppingNames(source: string): ReadonlySet<string> {
  const definitions = definitionsIn(source);
  const names = new Set<string>();
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    for (const { name, body } of definitions) {
      if (body.includes('Atomics.') || callOf(names)?.test(body)) names.add(name);
    }
  }
  return names;
}

function callOf(names: ReadonlySet<string>): RegExp | null {
  return names.size === 0 ? null : new RegExp(`(?<![\\w*])(?:[\\w]+\\.)*(?:${[...names].join('|')})\\(`);
}

function rewriteDefinitions(source: string, names: ReadonlySet<string>): string {
  let out = '';
  let from = 0;
  for (const { name, at } of definitionsIn(source)) {
    if (!names.has(name)) continue;
    out += `${source.slice(from, at).replace(/function $/, 'function')}*`;
    from = at;
  }
  return out + source.slice(from);
}

/** Wraps each Atomics access and each call of a stepping function, innermost text included, from left to right. */
function rewriteCalls(source: string, names: ReadonlySet<string>): string {
  const call = new RegExp(`(?<![\\w*.])(?:Atomics\\.(\\w+)|(?:\\w+\\.)*(?:${[...names].join('|')}))\\(`, 'g');
  let out = '';
  let from = 0;
  for (let match = call.exec(source); match !== null; match = call.exec(source)) {
    const open = match.index + match[0].length - 1;
    const close = closing(source, open);
    const inner = rewriteCalls(source.slice(open + 1, close), names);
    out += source.slice(from, match.index);
    out += match[1] === undefined ? `(yield* ${match[0]}${inner}))` : `(yield ['${match[1]}', ${inner}])`;
    from = close + 1;
    call.lastIndex = from;
  }
  return out + source.slice(from);
}

/** Position of the bracket that closes the one at `open`. The engine's strings hold no brackets that don't match. */
function closing(source: string, open: number): number {
  const pairs: Record<string, string> = { '(': ')', '{': '}' };
  const [opener, closer] = [source[open], pairs[source[open]]];
  let depth = 0;
  for (let i = open; i < source.length; i++) {
    if (source[i] === opener) depth++;
    else if (source[i] === closer && --depth === 0) return i;
  }
  throw new Error(`no closing bracket for position ${open}`);
}
