import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { prepareCluster } from '../../../../cli/cluster/prepare.ts';
import { CommandError } from '../../../../cli/command-error.ts';
import { tempDirFor } from '../../../support/temp-dir.ts';

const checkpoint = '__cluster_metadata-0/00000000000000000000-0000000000.checkpoint';
const refused = (words: RegExp) => (error: unknown) => error instanceof CommandError && words.test(error.message);

test('a cluster is formatted once, and gone on with', async (t) => {
  const directory = join(tempDirFor(t), 'cluster');
  const options = { directory, clean: false, overrides: [['num.partitions', '7']] as [string, string][], asked: {} };
  const asked = { brokers: 2, controllers: 1, basePort: 20_000 };
  const made = await prepareCluster({ ...options, asked });
  assert.equal(made.isOld, false);
  assert.deepEqual(
    made.nodes.map((node) => existsSync(join(node.directory, checkpoint))),
    [false, false, true],
  );
  for (const { directory: path, file, nodeId } of made.nodes) {
    const owner = readFileSync(join(path, 'meta.properties'), 'utf8');
    assert.match(owner, new RegExp(`node.id=${nodeId}\n[\\s\\S]*cluster.id=${made.clusterId}`));
    assert.match(readFileSync(file, 'utf8'), /^num\.partitions=7$/m);
  }
  const before = readFileSync(join(made.nodes[0].directory, 'meta.properties'), 'utf8');
  // As after a crash between two nodes.
  rmSync(made.nodes[2].directory, { recursive: true });
  const again = await prepareCluster(options);
  assert.equal(again.isOld, true);
  assert.equal(again.clusterId, made.clusterId);
  assert.equal(readFileSync(join(made.nodes[0].directory, 'meta.properties'), 'utf8'), before);
  const facts = JSON.parse(readFileSync(join(directory, 'cluster.json'), 'utf8'));
  const third = readFileSync(join(made.nodes[2].directory, 'meta.properties'), 'utf8');
  assert.ok(third.includes(`directory.id=${facts.directoryIds['3']}`), 'the voter that the others know');
  await assert.rejects(prepareCluster({ ...options, asked: { brokers: 3 } }), refused(/made with --nodes 2, not 3/));
});

test('clean removes a cluster, and nothing else', async (t) => {
  const directory = tempDirFor(t);
  const options = { directory, clean: true, overrides: [], asked: { brokers: 1 } };
  const precious = join(directory, 'precious');
  writeFileSync(precious, '');
  await assert.rejects(prepareCluster(options), refused(/holds no cluster\.json: it is not removed/));
  assert.ok(existsSync(precious));
  const own = join(directory, 'own');
  mkdirSync(own);
  const made = await prepareCluster({ ...options, directory: own, clean: false });
  const anew = await prepareCluster({ ...options, directory: own });
  assert.notEqual(anew.clusterId, made.clusterId);
  writeFileSync(join(own, 'cluster.json'), '{"shape":{}}');
  await assert.rejects(prepareCluster({ ...options, directory: own, clean: false }), refused(/cannot be read/));
});
