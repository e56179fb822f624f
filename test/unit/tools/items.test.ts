import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSource, repositoryRoot } from '../../../tools/source-files.ts';

interface Reference {
  readonly file: string;
  readonly name: string;
}

const page = 'docs/items.md';
const itemCount = 11;

/** Titles of the tests that a file writes down: those that are put together are left out. */
function testNames(source: string): Set<string> {
  const calls = source.matchAll(/\b(?:test|it)\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`)/g);
  return new Set([...calls].map((match) => (match[1] ?? match[2] ?? match[3]).replace(/\\(.)/g, '$1')));
}

/** The numbered sections of the page, each with its promises and what they refer to. */
function readItems(text: string): Map<number, Map<string, Reference[]>> {
  const items = new Map<number, Map<string, Reference[]>>();
  let promises: Map<string, Reference[]> | undefined;
  let references: Reference[] | undefined;
  for (const line of text.split('\n')) {
    const section = /^## (\d+)\. /.exec(line);
    if (section !== null) {
      promises = new Map();
      items.set(Number(section[1]), promises);
    } else if (line.startsWith('- ')) {
      references = [];
      promises!.set(line.slice(2), references);
    } else if (line.startsWith('  - ')) {
      const match = /^ {2}- `(test\/[^`]+)`: "(.+)"$/.exec(line);
      assert.ok(match !== null, `${page}: not a reference to a test: ${line}`);
      references!.push({ file: match[1], name: match[2] });
    }
  }
  return items;
}

test('every item has promises, and every promise a test', () => {
  const items = readItems(readSource(page));
  assert.deepEqual(
    [...items.keys()],
    Array.from({ length: itemCount }, (_, index) => index + 1),
  );
  for (const [number, promises] of items) {
    assert.ok(promises.size > 0, `item ${number} promises nothing`);
    for (const [promise, references] of promises) assert.ok(references.length > 0, `no test: ${promise}`);
  }
});

test('every test that the list names exists', () => {
  const missing: string[] = [];
  const names = new Map<string, Set<string>>();
  for (const promises of readItems(readSource(page)).values()) {
    for (const { file, name } of [...promises.values()].flat()) {
      if (!existsSync(join(repositoryRoot, file))) missing.push(file);
      else if (!(names.get(file) ?? names.set(file, testNames(readSource(file))).get(file))!.has(name)) {
        missing.push(`${file}: "${name}"`);
      }
    }
  }
  assert.deepEqual(missing, []);
});

test('titles are found however they are quoted, and nothing else is', () => {
  const source =
    "test('it\\'s one', f);\n  it(\n    \"two's\",\n f);\ntest(`three`, f);\n// test(four)\nattest('five');\n";
  assert.deepEqual([...testNames(source)], ["it's one", "two's", 'three']);
});
