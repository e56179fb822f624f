/** What `npm ci` bundles is the broker too: its threads and background jobs find their modules. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { batchCodec } from '../../engine/protocol/records/batch-view.ts';
import { requireKcat, runKcat } from '../support/kcat.ts';
import { startMillrace } from '../support/millrace.ts';
import { StorageClient } from '../support/storage-client.ts';

const root = resolve(import.meta.dirname, '../..');

test('a bundle serves, its background jobs included', async (t) => {
  if (!requireKcat(t)) return;
  const outdir = join(root, '.cache', `bundle-${process.pid}`);
  t.after(() => rmSync(outdir, { recursive: true, force: true }));
  const made = spawnSync(process.execPath, [join(root, 'tools/bundle.ts'), outdir], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  const node = await startMillrace({ program: join(outdir, 'bin/main.js') }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('bundled', 1, { 'compression.type': 'gzip' }), 0);
  const value = randomBytes(150_000).toString('hex');
  const args = ['-b', node.bootstrap, '-P', '-t', 'bundled', '-p', '0', '-X', 'compression.codec=snappy'];
  const { code, stderr } = await runKcat(args, { input: `${value}\n` });
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    (await client.read('bundled')).map((record) => record.value),
    [value],
  );
  const stored = new Uint8Array(readFileSync(join(node.directory, 'bundled-0/00000000000000000000.log')));
  assert.equal(batchCodec(stored, 0), 1);
});
