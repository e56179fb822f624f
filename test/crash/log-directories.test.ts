/** Several log directories in a running node: logs are spread over them, and one that fails goes alone. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { errorCode } from '../../engine/protocol/errors.ts';
import { type Fault, setFault } from '../support/fault-files.ts';
import { type Millrace, type MillraceOptions, startMillrace } from '../support/millrace.ts';
import { runCommand } from '../support/run-command.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const faultyNode = join(import.meta.dirname, '../support/faulty-disk-node.ts');

function directoriesFor(t: TestContext, count: number): string[] {
  const home = tempDirFor(t, 'millrace-dirs-');
  // The metadata log has one of its own: where that fails the node ends.
  return ['metadata', ...Array.from({ length: count }, (_, n) => `data${n}`)].map((name) => join(home, name));
}

function start(t: TestContext, directories: readonly string[], options: MillraceOptions = {}): Promise<Millrace> {
  const [metadata, ...data] = directories;
  const properties = { 'log.dirs': data.join(','), 'metadata.log.dir': metadata!, ...options.properties };
  return startMillrace({ ...options, properties }, t);
}

function logsIn(directory: string, topic: string): number[] {
  const names = readdirSync(directory).filter((name) => name.startsWith(`${topic}-`));
  return names.map((name) => Number(name.slice(topic.length + 1))).sort((a, b) => a - b);
}

async function produceToAll(client: StorageClient, topic: string, partitions: number): Promise<number[]> {
  const codes: number[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    codes.push((await client.produce(topic, partition)).errorCode);
  }
  return codes;
}

test('logs are spread over directories, fewest first, over topics and shards and after a restart', async (t) => {
  const directories = directoriesFor(t, 3);
  const data = directories.slice(1);
  const node = await start(t, directories);
  const client = await StorageClient.connect(node.port, t);
  const counts = () => data.map((directory) => logsIn(directory, 'a').length + logsIn(directory, 'b').length);
  assert.equal(await client.createTopic('a', 7), 0);
  assert.deepEqual(await produceToAll(client, 'a', 7), new Array(7).fill(0));
  assert.deepEqual(counts().sort(), [2, 2, 3]);
  await node.stop();
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.equal(await again.createTopic('b', 5), 0);
  assert.deepEqual(await produceToAll(again, 'b', 5), new Array(5).fill(0));
  assert.deepEqual(counts(), [4, 4, 4]);
  // Sizes are told of logs that nobody has opened since the start, too.
  const described = (await again.logDirs()).flatMap(({ topics }) => topics.filter(({ name }) => name === 'a'));
  const sizes = described.flatMap(({ partitions }) => partitions.map(({ partitionSize }) => partitionSize));
  assert.equal(sizes.length, 7);
  assert.ok(sizes.every((size) => size > 0n));
  for (let partition = 0; partition < 7; partition++) assert.equal((await again.read('a', partition)).length, 1);
});

for (const [fault, configs] of [
  ['write', {}],
  ['sync', { 'flush.messages': '1' }],
] as [Fault, Record<string, string>][]) {
  test(`a directory whose ${fault} fails goes offline alone, and comes back with a restart`, async (t) => {
    const directories = directoriesFor(t, 2);
    const [, broken, sound] = directories;
    const node = await start(t, directories, { program: faultyNode });
    const client = await StorageClient.connect(node.port, t);
    assert.equal(await client.createTopic('t', 4, configs), 0);
    assert.deepEqual(await produceToAll(client, 't', 4), [0, 0, 0, 0]);
    const inBroken = logsIn(broken!, 't');
    const inSound = logsIn(sound!, 't');
    assert.equal(inBroken.length, 2);
    setFault(broken!, fault, true);
    const { errorCode: refused } = await client.produce('t', inBroken[0]!);
    assert.equal(refused, errorCode.KAFKA_STORAGE_ERROR);
    setFault(broken!, fault, false);
    // The other partition was never written to since, and fails with its directory all the same.
    const after = await produceToAll(client, 't', 4);
    for (const partition of inBroken) assert.equal(after[partition], errorCode.KAFKA_STORAGE_ERROR);
    for (const partition of inSound) assert.equal(after[partition], 0);
    for (const partition of inBroken)
      assert.equal(await client.fetchError('t', partition), errorCode.KAFKA_STORAGE_ERROR);
    const described = await client.logDirs();
    const codes = new Map(described.map(({ logDir, errorCode: code }) => [logDir, code]));
    assert.equal(codes.get(broken!), errorCode.KAFKA_STORAGE_ERROR);
    assert.equal(codes.get(sound!), 0);
    const said = () => node.lines.filter((line) => line.includes('log directory is offline'));
    await eventually(() => said().length > 0, 'the line has come');
    assert.equal(said().length, 1);
    // What is new goes to what is left.
    assert.equal(await client.createTopic('later', 2), 0);
    assert.deepEqual(await produceToAll(client, 'later', 2), [0, 0]);
    assert.equal(logsIn(sound!, 'later').length, 2);
    await node.stop();
    assert.equal(existsSync(join(sound!, '.kafka_cleanshutdown')), true);
    assert.equal(existsSync(join(broken!, '.kafka_cleanshutdown')), false);
    await node.restart();
    const again = await StorageClient.connect(node.port, t);
    for (const partition of inBroken) {
      const records = await again.read('t', partition);
      // A refused batch whose sync failed may be there or not; acknowledged ones are.
      assert.ok(records.length >= 1 && records.length <= (fault === 'sync' ? 2 : 1));
    }
    assert.deepEqual(await produceToAll(again, 't', 4), [0, 0, 0, 0]);
  });
}

test('a directory that is full goes offline, nothing acknowledged is missing, and is back when there is room', async (t) => {
  const directories = directoriesFor(t, 2);
  const full = directories[1];
  mkdirSync(full!, { recursive: true });
  const mounted = await runCommand('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', full!]).catch(() => null);
  // Who may not mount has a disk that refuses writes from some time on.
  const isMounted = mounted?.code === 0;
  if (!isMounted) t.diagnostic('no file system can be mounted here: the full disk is an injected one');
  try {
    await fillUp(t, directories, isMounted);
  } finally {
    // The node may still be there, the directory is not to be.
    if (isMounted) await runCommand('umount', ['-l', full!]);
  }
});

async function fillUp(t: TestContext, directories: readonly string[], isMounted: boolean): Promise<void> {
  const [, full, sound] = directories;
  const node = await start(t, directories, isMounted ? {} : { program: faultyNode });
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('t', 2), 0);
  assert.deepEqual(await produceToAll(client, 't', 2), [0, 0]);
  const [inFull] = logsIn(full!, 't');
  const [inSound] = logsIn(sound!, 't');
  let acknowledged = 1;
  for (;;) {
    const answer = await client.produce('t', inFull!, { valueBytes: 50_000 });
    if (answer.errorCode !== 0) {
      assert.equal(answer.errorCode, errorCode.KAFKA_STORAGE_ERROR);
      break;
    }
    acknowledged += 1;
    if (!isMounted && acknowledged === 10) setFault(full!, 'write', true);
    assert.ok(acknowledged < 100, 'the file system never filled up');
  }
  assert.equal((await client.produce('t', inSound!)).errorCode, 0);
  await node.stop();
  if (isMounted) await runCommand('mount', ['-o', 'remount,size=4m', full!]);
  else setFault(full!, 'write', false);
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.equal((await again.read('t', inFull!)).length, acknowledged);
  assert.deepEqual(await produceToAll(again, 't', 2), [0, 0]);
  await node.stop();
}

test('a directory that cannot be read at start is offline; its logs are not made anew elsewhere', async (t) => {
  const directories = directoriesFor(t, 2);
  const [, gone, sound] = directories;
  const node = await start(t, directories);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('t', 2), 0);
  assert.deepEqual(await produceToAll(client, 't', 2), [0, 0]);
  const [inGone] = logsIn(gone!, 't');
  await node.stop();
  await runCommand('mv', [gone!, `${gone!}.aside`]);
  await runCommand('touch', [gone!]);
  await node.restart();
  const without = await StorageClient.connect(node.port, t);
  const codes = await produceToAll(without, 't', 2);
  assert.equal(codes[inGone!], errorCode.KAFKA_STORAGE_ERROR);
  assert.equal(codes[1 - inGone!], 0);
  assert.equal(await without.createTopic('later', 2), 0);
  assert.deepEqual(await produceToAll(without, 'later', 2), [0, 0]);
  assert.deepEqual(logsIn(sound!, 'later'), [0, 1]);
  await node.stop();
  await runCommand('rm', [gone!]);
  await runCommand('mv', [`${gone!}.aside`, gone!]);
  await node.restart();
  const whole = await StorageClient.connect(node.port, t);
  await eventually(async () => (await whole.read('t', inGone!)).length === 1 && true, 'the log is back');
});
