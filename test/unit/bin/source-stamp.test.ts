import assert from 'node:assert/strict';
import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sourceStamp } from '../../../bin/source-stamp.js';
import { besides } from '../../../workers/besides.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

test('any change of a source is another stamp, and nothing else is', () => {
  const root = makeTempDir();
  for (const folder of ['bin', 'engine/log', 'native-bindings/build', 'workers'])
    mkdirSync(join(root, folder), { recursive: true });
  const source = join(root, 'engine/log/reader.ts');
  writeFileSync(source, 'one');
  const first = sourceStamp(root);
  writeFileSync(join(root, 'native-bindings/build/records.node'), 'built');
  assert.equal(sourceStamp(root), first);
  utimesSync(source, 1, 2);
  const touched = sourceStamp(root);
  assert.notEqual(touched, first);
  renameSync(source, join(root, 'engine/log/writer.ts'));
  const renamed = sourceStamp(root);
  assert.notEqual(renamed, touched);
  writeFileSync(join(root, 'workers/shard.ts'), '');
  assert.notEqual(sourceStamp(root), renamed);
});

test('a module is found beside its importer, as what the importer is', () => {
  assert.equal(besides('./jobs/a.ts', 'file:///m/workers/pool.ts').href, 'file:///m/workers/jobs/a.ts');
  assert.equal(besides('./jobs/a.ts', 'file:///m/dist/workers/shard.js').href, 'file:///m/dist/workers/jobs/a.js');
});
