import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultFeatureLevels } from '../../../../../engine/node/quorum/bootstrap-checkpoint.ts';
import {
  type FormatOptions,
  formatStorage,
  isUnformatted,
  KraftStorageError,
  type KraftStorageErrorReason,
  type LogDirectories,
  loadStorage,
  readBootstrapRecords,
} from '../../../../../engine/node/quorum/kraft-storage.ts';
import {
  decodeMetaProperties,
  encodeMetaProperties,
  MetaPropertiesError,
} from '../../../../../engine/node/quorum/meta-properties.ts';
import {
  decodeQuorumState,
  encodeQuorumState,
  QuorumStateError,
} from '../../../../../engine/node/quorum/quorum-state-file.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import { metadataCodec, openNode, testVoter, until } from '../../../../support/metadata-log-fixture.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';
import { SimulatedDisk } from '../../../../support/simulated-disk.ts';
import { SimulatedStore } from '../../../../support/simulated-store.ts';
import { SteppedClock } from '../../../../support/stepped-clock.ts';

const environment = { clock: new SteppedClock(), random: new SeededRandom(7), checksum, codec: metadataCodec };
const { endpoints } = testVoter();
const standalone: FormatOptions = { nodeId: 1, quorum: { kind: 'standalone', endpoints } };

function twoDirectories(): LogDirectories & { readonly disks: SimulatedDisk[]; readonly metadata: SimulatedDisk } {
  const disks = [new SimulatedDisk({ root: '/d1' }), new SimulatedDisk({ root: '/d2' })];
  return { disks, metadata: disks[0] };
}

function refused(reason: KraftStorageErrorReason, words: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KraftStorageError, String(error));
    assert.equal(error.reason, reason);
    assert.match(error.message, words);
    assert.ok(!error.message.includes('\n'));
    return true;
  };
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words);

test('empty directories are formatted for a single node, and loaded again', async () => {
  const directories = twoDirectories();
  assert.equal(await isUnformatted(directories), true);
  const formatted = await formatStorage(directories, standalone, environment);
  assert.equal(await isUnformatted(directories), false);
  const loaded = await loadStorage(directories, 1, environment);
  assert.deepEqual(loaded, { ...formatted, newDirectories: [] });
  assert.notEqual(loaded.directoryIds.get('/d1'), loaded.directoryIds.get('/d2'));
  assert.deepEqual(Object.keys(directories.metadata.contents()).sort(), [
    '__cluster_metadata-0/00000000000000000000-0000000000.checkpoint',
    'bootstrap.checkpoint',
    'meta.properties',
  ]);
  assert.deepEqual(Object.keys(directories.disks[1].contents()).sort(), ['bootstrap.checkpoint', 'meta.properties']);
  const records = await readBootstrapRecords(directories.metadata, environment);
  assert.deepEqual(
    records.map(({ apiKey, version, message }) => ({
      apiKey,
      version,
      ...(message as object),
      unknownTaggedFields: 0,
    })),
    defaultFeatureLevels().map(({ name, level }) => ({
      apiKey: 12,
      version: 0,
      name,
      featureLevel: level,
      unknownTaggedFields: 0,
    })),
  );
});

test('a formatted node leads with kraft.version 1, its voter in the log, and quorum-state of version 1', async () => {
  const disk = new SimulatedDisk();
  const voter = testVoter();
  const quorum = { kind: 'initial-controllers', voters: [voter] } as const;
  await formatStorage({ disks: [disk], metadata: disk }, { nodeId: 1, quorum }, environment);
  const node = await openNode(disk);
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  assert.equal(node.driver.endOffset(), 3);
  assert.deepEqual(node.driver.describeQuorum()?.nodes, [{ id: 1, listeners: voter.endpoints }]);
  assert.equal(
    text(disk.contents()['__cluster_metadata-0/quorum-state']),
    '{"leaderId":1,"leaderEpoch":1,"votedId":-1,"votedDirectoryId":"AAAAAAAAAAAAAAAAAAAAAA","data_version":1}',
  );
  await node.driver.close();

  const moved = await openNode(disk, { endpoints: [{ name: 'CONTROLLER', host: 'elsewhere', port: 1 }] });
  await moved.driver.start();
  await until(moved, () => moved.listener.leads !== null);
  assert.equal(moved.driver.endOffset(), 6);
  assert.equal(moved.driver.describeQuorum()?.nodes[0].listeners[0].host, 'elsewhere');
});

test('a directory added to a formatted node becomes its own', async () => {
  const directories = twoDirectories();
  const alone = { disks: [directories.metadata], metadata: directories.metadata };
  const formatted = await formatStorage(alone, standalone, environment);
  const loaded = await loadStorage(directories, 1, environment);
  assert.deepEqual(loaded.newDirectories, ['/d2']);
  const again = await loadStorage(directories, 1, environment);
  assert.deepEqual(again, { ...loaded, newDirectories: [] });
  assert.equal(again.clusterId, formatted.clusterId);
});

test('a crash at any operation of formatting leaves what can be formatted or loaded', async () => {
  for (let operations = 1; operations < 12; operations++) {
    let left = operations;
    const defer = (_: object, run: () => void): void => {
      if (left-- > 0) run();
    };
    const disks = [new SimulatedDisk({ root: '/d1', defer }), new SimulatedDisk({ root: '/d2', defer })];
    void formatStorage({ disks, metadata: disks[0] }, standalone, environment);
    for (let i = 0; i < 100; i++) await Promise.resolve();
    const random = new SeededRandom(operations);
    const after = disks.map((disk) => disk.crash({ random }));
    const directories = { disks: after, metadata: after[0] };
    if (await isUnformatted(directories)) await formatStorage(directories, standalone, environment);
    const loaded = await loadStorage(directories, 1, environment);
    assert.equal(loaded.directoryIds.size, 2);
  }
});

test('what a killed process left formatted and not durable is durable when the next one goes on', async () => {
  const formatted = twoDirectories();
  const { clusterId } = await formatStorage(formatted, standalone, environment);
  const properties = formatted.metadata.contents()['meta.properties']!;
  const store = new SimulatedStore({ files: {}, directories: [] });
  store.apply({ kind: 'write', path: 'meta.properties', positionBytes: 0, bytes: properties });
  store.apply({ kind: 'sync', path: 'meta.properties' });
  const disk = new SimulatedDisk({ root: '/d1', store });
  assert.deepEqual(disk.crash({ survives: () => false }).contents(), {}, 'its name is not durable');
  await loadStorage({ disks: [disk], metadata: disk }, 1, environment);
  const after = disk.crash({ survives: () => false });
  assert.equal((await loadStorage({ disks: [after], metadata: after }, 1, environment)).clusterId, clusterId);
});

test('what is not this node is refused with one line', async () => {
  const fresh = twoDirectories();
  await assert.rejects(
    loadStorage(fresh, 1, environment),
    refused('not-formatted', /No readable meta.properties files found/),
  );

  const other = twoDirectories();
  await formatStorage(other, standalone, environment);
  await assert.rejects(
    loadStorage(other, 2, environment),
    refused('other-node', /belongs to node 1, but node.id is 2/),
  );

  const one = new SimulatedDisk({ root: '/d1' });
  const two = new SimulatedDisk({ root: '/d2' });
  await formatStorage({ disks: [one], metadata: one }, standalone, environment);
  await formatStorage({ disks: [two], metadata: two }, standalone, environment);
  await assert.rejects(
    loadStorage({ disks: [one, two], metadata: one }, 1, environment),
    refused('other-cluster', /belongs to cluster/),
  );

  const withoutMetadata = twoDirectories();
  const [, second] = withoutMetadata.disks;
  await formatStorage({ disks: [second], metadata: second }, standalone, environment);
  await assert.rejects(
    loadStorage(withoutMetadata, 1, environment),
    refused('no-metadata-directory', /No meta.properties found in the metadata directory \/d1/),
  );
});

test('a copied directory, a misplaced metadata log and a broken file are refused', async () => {
  const directories = twoDirectories();
  await formatStorage(directories, standalone, environment);
  const copy = directories.metadata.contents();
  const twin = new SimulatedDisk({ root: '/d3', files: { 'meta.properties': copy['meta.properties'] } });
  await assert.rejects(
    loadStorage({ disks: [directories.metadata, twin], metadata: directories.metadata }, 1, environment),
    refused('same-directory', /\/d3 and \/d1 both have the directory.id/),
  );
  const [first, second] = directories.disks;
  await assert.rejects(
    loadStorage({ disks: [first, second], metadata: second }, 1, environment),
    refused('misplaced-metadata-log', /\/d1 holds __cluster_metadata-0/),
  );
  const broken = new SimulatedDisk({ root: '/d4', files: { 'meta.properties': bytesOf('version=1\nnode.id=1\n') } });
  await assert.rejects(
    loadStorage({ disks: [broken], metadata: broken }, 1, environment),
    refused('corrupt', /\/d4\/meta.properties is not readable: no cluster.id/),
  );
});

test('meta.properties is read as Java reads properties', () => {
  const id = 'bWlsbHJhY2UtdGVzdC0wMQ';
  const written = encodeMetaProperties({ clusterId: id, nodeId: 3, directoryId: id }, Date.UTC(2026, 0, 2, 3, 4, 5));
  assert.equal(
    text(written),
    `#\n#Fri Jan 02 03:04:05 UTC 2026\nnode.id=3\ndirectory.id=${id}\nversion=1\ncluster.id=${id}\n`,
  );
  assert.deepEqual(decodeMetaProperties(written), { clusterId: id, nodeId: 3, directoryId: id });
  const loose = bytesOf(`! comment\r\n version : 1\r\nnode.id 3\ncluster.id=a\\:b\nextra=1\n`);
  assert.deepEqual(decodeMetaProperties(loose), { clusterId: 'a:b', nodeId: 3, directoryId: null });
  for (const bad of ['', 'version=0\ncluster.id=a\nnode.id=1', 'version=1\ncluster.id=a\nnode.id=x', '\0\xff']) {
    assert.throws(() => decodeMetaProperties(bytesOf(bad)), MetaPropertiesError);
  }
});

test('quorum-state of both versions is read, and broken ones are refused', () => {
  const state = { epoch: 7, leaderId: -1, voted: { id: 2, directoryId: testVoter().directoryId } };
  assert.deepEqual(decodeQuorumState(encodeQuorumState(state, 1, [])), state);
  const old = decodeQuorumState(encodeQuorumState(state, 0, [testVoter()]));
  assert.deepEqual(old, { ...state, voted: { id: 2, directoryId: 'AAAAAAAAAAAAAAAAAAAAAA' } });
  for (const bad of ['', '{}', '[1]', '{"leaderEpoch":1,"data_version":2}', '{"leaderEpoch":"1","data_version":1}']) {
    assert.throws(() => decodeQuorumState(bytesOf(bad)), QuorumStateError);
  }
});
