import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerViolations, readLayerTable } from '../../../tools/layers.ts';
import { listFiles } from '../../../tools/source-files.ts';
import { tidyTree } from '../../../tools/tidy/main.ts';
import { tidy } from '../../../tools/tidy/rules.ts';

test('imports follow the table of layers', () => {
  assert.deepEqual(layerViolations(readLayerTable(), listFiles()), []);
});

test('the layer check sees an import that points the wrong way', () => {
  const sources: Record<string, string> = {
    'engine/log/x.ts': "import { a } from '../controller/y.ts';\nimport { readFileSync } from 'node:fs';\n",
    'engine/io/x.ts':
      "import { readFileSync } from 'node:fs';\nconst worker = new URL('../../workers/shard.ts', import.meta.url);\n",
  };
  const violations = layerViolations(readLayerTable(), Object.keys(sources), (path) => sources[path]!);
  assert.deepEqual(violations, [
    'engine/log/x.ts: engine/log may not import engine/controller (../controller/y.ts)',
    'engine/log/x.ts: the pure folder engine/log imports node:fs',
    'engine/io/x.ts: engine/io may not import workers (../../workers/shard.ts)',
  ]);
});

test('the tree is tidy', () => {
  assert.deepEqual(
    tidyTree().map((complaint) => `${complaint.path}:${complaint.line} ${complaint.what}`),
    [],
  );
});

test('the tidy rules see what they ban', () => {
  const body = Array.from({ length: 80 }, () => '  step();').join('\n');
  const source = `const now = Date.now();\n// ${'TO'}DO later\nfunction long() {\n${body}\n}\ntry {} catch ${'{}'}\n`;
  assert.deepEqual(
    tidy('x.ts', source, true).map((complaint) => complaint.line),
    [1, 2, 85, 3],
  );
  assert.equal(tidy('x.ts', 'const now = Date.now();\n', false).length, 0);
});
