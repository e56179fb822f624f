import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogCheckpoints } from '#engine/coordinator/log-checkpoints.ts';
import { LogFinder } from '#engine/coordinator/log-finder.ts';
import { formatOffsetCheckpoint } from '#engine/log/checkpoints.ts';
import { futureDirectoryName } from '#engine/log/file-names.ts';
import { SharedMetadata, SharedMetadataWriter } from '#engine/metadata/columns/shared-metadata.ts';
import { encodeTopicConfig } from '#engine/metadata/topic-config-bytes.ts';
import { lostDirectory } from '#engine/replica/log-directory.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { firstDirectory, partitionState } from '../../../support/partition-state.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';

const topicId = 'AAAAAAAAAAAAAAAAAAAAAQ';
const canonical = futureDirectoryName('t', 0, topicId);
const apachesName = `t-0.${'ab'.repeat(16)}-future`;

const state = partitionState({ directories: [firstDirectory] });

/** What is found in directories with these names in them; `assigned`: the directory that the controller knows. */
async function find(names: readonly (readonly string[])[], assigned: number, offline: readonly number[] = []) {
  const writer = new SharedMetadataWriter({ rowsPerSegment: 64, bytesSegmentBytes: 4096, topicBuckets: 16 });
  writer.createTopic({ name: 't', id: topicId, isInternal: false, config: encodeTopicConfig(new Map()) }, [state]);
  const metadata = new SharedMetadata(writer.describe());
  const lines = formatOffsetCheckpoint([{ topic: 't', partition: 0, offset: 7 }]);
  const disks = names.map((directories, index) => {
    const files = { 'recovery-point-offset-checkpoint': lines, 'replication-offset-checkpoint': lines };
    const disk = new SimulatedDisk({ root: `/d${index}`, directories: [...directories], files });
    if (offline.includes(index)) disk.fail('broken');
    return disk;
  });
  const directories = disks.map((disk) => {
    const [stateWord, logsWord] = [new SharedArrayBuffer(4), new SharedArrayBuffer(4)];
    return { path: disk.root, disk, stateWord, logsWord, isClean: false, previousBrokerEpoch: -1 };
  });
  const logger = new MemoryLogger();
  const checkpoints = new LogCheckpoints(directories, metadata, logger);
  const finder = new LogFinder({
    directories,
    metadata,
    checkpoints,
    logger,
    randomHex: () => '0'.repeat(32),
    assigned: () => assigned,
  });
  await finder.find();
  const row = metadata.topics.partitionRow(metadata.topics.findByNameString('t'), 0);
  const left = await Promise.all(
    disks.map(
      (disk) =>
        new Promise<string[]>((resolve) =>
          disk.list('.', (_error, entries) =>
            resolve(entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name)),
          ),
        ),
    ),
  );
  const { runtime } = metadata;
  return {
    current: runtime.logDirectory(row),
    future: runtime.futureDirectory(row),
    futureRecoveryPoint: runtime.futureRecoveryPoint(row),
    recoveryPoint: runtime.recoveryPoint(row),
    left,
    counts: directories.map(({ logsWord }) => new Int32Array(logsWord)[0]),
  };
}

const stray = `t-0.${'0'.repeat(32)}-stray`;

test('a copy that was being made is found beside what it is a copy of, whoever named it', async () => {
  for (const assigned of [-1, 0, 1]) {
    const found = await find([['t-0'], [apachesName]], assigned);
    assert.deepEqual([found.current, found.future, found.futureRecoveryPoint], [0, 1, 7]);
    assert.deepEqual(found.left, [['t-0'], [canonical]]);
    assert.deepEqual(found.counts, [1, 0]);
  }
});

test('a copy whose log is not there takes its place only if the controller was told so', async () => {
  const promoted = await find([[], [canonical]], 1);
  assert.deepEqual([promoted.current, promoted.future, promoted.recoveryPoint], [1, -1, 0]);
  assert.deepEqual(
    [promoted.left, promoted.counts],
    [
      [[], ['t-0']],
      [0, 1],
    ],
  );
  const unknown = await find([[], [canonical]], 0);
  assert.deepEqual([unknown.current, unknown.future, unknown.left], [-1, -1, [[], [stray]]]);
  // The log may lie in the directory that is offline: the copy is left as it is, for its return.
  const lost = await find([['t-0'], [canonical]], 0, [0]);
  assert.deepEqual([lost.current, lost.future], [lostDirectory, 1]);
  assert.deepEqual(lost.left[1], [canonical]);
  const saved = await find([['t-0'], [canonical]], 1, [0]);
  assert.deepEqual([saved.current, saved.future], [1, -1]);
});

test('of two logs the one that the controller knows counts, and any if it knows of none', async () => {
  for (const [assigned, current] of [
    [0, 0],
    [1, 1],
    [-1, 0],
  ]) {
    const found = await find([['t-0'], ['t-0']], assigned!);
    assert.equal(found.current, current);
    const expected = [['t-0'], ['t-0']];
    expected[1 - current!] = [stray];
    assert.deepEqual(found.left, expected);
    assert.deepEqual(found.counts, current === 0 ? [1, 0] : [0, 1]);
  }
});

test('a second copy, one of no topic, and one beside its own log are set aside', async () => {
  const two = await find([['t-0'], [canonical], [canonical]], 2);
  assert.deepEqual([two.current, two.future], [0, 1]);
  assert.deepEqual(two.left, [['t-0'], [canonical], [stray]]);
  const same = await find([['t-0', canonical]], 0);
  assert.deepEqual([same.future, same.left], [-1, [['t-0', stray]]]);
  const gone = `gone-3.${'cd'.repeat(16)}-future`;
  const unknown = await find([[gone]], 0);
  assert.deepEqual(unknown.left, [[`gone-3.${'0'.repeat(32)}-stray`]]);
});
