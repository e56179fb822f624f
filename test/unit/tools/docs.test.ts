import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { listFiles, readSource, repositoryRoot } from '../../../tools/source-files.ts';

const pages = listFiles().filter((path) => path.endsWith('.md'));
const ours = /^(?:engine|workers|bin|bench|native-bindings|test|tools|docs)(?:\/|$)/;

function exists(path: string): boolean {
  return existsSync(join(repositoryRoot, path));
}

test('paths in backticks on the pages of docs and in the README exist', () => {
  const stale: string[] = [];
  for (const page of pages) {
    for (const [, text] of readSource(page).matchAll(/`([^`\s]+)`/g)) {
      if (ours.test(text) && !/[*<…]/.test(text) && !exists(text)) stale.push(`${page}: ${text}`);
    }
  }
  assert.ok(pages.includes('README.md') && pages.includes('docs/ARCHITECTURE.md'));
  assert.deepEqual(stale, []);
});

test('links between pages lead somewhere', () => {
  const broken: string[] = [];
  for (const page of pages) {
    for (const [, target] of readSource(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target) || target.startsWith('#')) continue;
      const path = normalize(join(dirname(page), target.split('#')[0]));
      if (!exists(path)) broken.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('the map in docs/ARCHITECTURE.md names every folder of sources', () => {
  const map = readSource('docs/ARCHITECTURE.md').split('## Map of folders')[1].split('\n## ')[0];
  const parts = readdirSync(join(repositoryRoot, 'engine'), { withFileTypes: true });
  const folders = parts.filter((entry) => entry.isDirectory()).map(({ name }) => `engine/${name}`);
  folders.push('workers', 'native-bindings', 'bin', 'bench', 'tools', 'test', 'docs');
  assert.deepEqual(
    folders.filter((folder) => !map.includes(`\`${folder}\``)),
    [],
  );
});

test('decisions are numbered without gaps, and each says its status', () => {
  const names = readdirSync(join(repositoryRoot, 'docs/decisions')).sort();
  names.forEach((name, index) => {
    assert.match(name, new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
    assert.match(readSource(`docs/decisions/${name}`), new RegExp(`^# ${index + 1}\\. .+\n\nStatus: `));
  });
});

test('every dependency has a line that says why', () => {
  const { dependencies, devDependencies } = JSON.parse(readSource('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const reasons = readSource('docs/decisions/0001-dependencies.md');
  for (const name of [...Object.keys(dependencies), ...Object.keys(devDependencies)]) {
    assert.ok(reasons.includes(name), `${name} is not in docs/decisions/0001-dependencies.md`);
  }
});
