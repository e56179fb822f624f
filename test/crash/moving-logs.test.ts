/** Replicas that are moved between log directories of a running node: what is in them, and what a crash leaves. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { errorCode } from '../../engine/protocol/errors.ts';
import { setFault } from '../support/fault-files.ts';
import { type Millrace, type MillraceOptions, startMillrace } from '../support/millrace.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const faultyNode = join(import.meta.dirname, '../support/faulty-disk-node.ts');
const throttle = 'replica.alter.log.dirs.io.max.bytes.per.second';

interface Started {
  readonly node: Millrace;
  readonly client: StorageClient;
  readonly paths: readonly [string, string, string];
}

/** A node with three directories, the first for its metadata alone; quick to delete. */
async function start(t: TestContext, options: MillraceOptions = {}): Promise<Started> {
  const home = tempDirFor(t, 'millrace-moves-');
  const paths = [join(home, 'a'), join(home, 'b'), join(home, 'c')] as const;
  const properties = {
    'log.dirs': paths.join(','),
    'metadata.log.dir': join(home, 'metadata'),
    'log.segment.delete.delay.ms': '100',
    'log.segment.bytes': '1048576',
  };
  const node = await startMillrace({ ...options, properties }, t);
  return { node, client: await StorageClient.connect(node.port, t), paths };
}

/** Makes a topic of one partition whose log lies in the directory. */
async function makeLog(client: StorageClient, topic: string, path: string, batches: number): Promise<void> {
  assert.equal(await client.createTopic(topic), 0);
  assert.deepEqual(await client.moveLogs(path, topic, [0]), [0]);
  for (let n = 0; n < batches; n++) await produceOk(client, topic);
  assert.equal((await client.placeOf(topic, 0)).current, path);
}

async function produceOk(client: StorageClient, topic: string): Promise<void> {
  const { errorCode: code } = await client.produce(topic, 0, { count: 10, valueBytes: 10_000 });
  assert.equal(code, 0);
}

function moved(client: StorageClient, topic: string, path: string): Promise<true> {
  return eventually(async () => {
    const { current, future } = await client.placeOf(topic, 0);
    return current === path && future === null;
  }, `${topic} has moved to ${path}`) as Promise<true>;
}

const namesIn = (path: string): string[] => readdirSync(path).filter((name) => /^t-/.test(name));

test('a log is moved while it is produced to and read, and nothing is missing', async (t) => {
  const { node, client, paths } = await start(t);
  const [a, b] = paths;
  await makeLog(client, 't', a, 60);
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [0]);
  let produced = 60;
  let isMoved = false;
  const end = moved(client, 't', b).then(() => {
    isMoved = true;
  });
  const other = await StorageClient.connect(node.port, t);
  while (!isMoved) {
    await produceOk(other, 't');
    produced += 1;
  }
  await end;
  await produceOk(other, 't');
  produced += 1;
  const records = await client.read('t');
  assert.equal(records.length, produced * 10);
  assert.deepEqual(
    records.map(({ offset }) => offset),
    records.map((_, at) => at),
  );
  assert.deepEqual(namesIn(b), ['t-0']);
  await eventually(() => namesIn(a).length === 0, 'the old log is removed');
  await node.kill();
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.equal((await again.read('t')).length, produced * 10);
  assert.equal((await again.placeOf('t', 0)).current, b);
  assert.equal((await again.produce('t', 0)).errorCode, errorCode.NONE);
});

test('a throttled move is seen, can be sent elsewhere or called off, and goes on over kill -9', async (t) => {
  const { node, client, paths } = await start(t);
  const [a, b, c] = paths;
  await makeLog(client, 't', a, 60);
  assert.equal(await client.setBrokerConfig(throttle, '50000'), 0);
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [0]);
  assert.deepEqual(await client.placeOf('t', 0), { current: a, future: b });
  const [future] = namesIn(b);
  assert.match(future!, /^t-0\.[0-9a-f]{32}-future$/);
  // Asked for once more it goes on as it was.
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [0]);
  assert.deepEqual(namesIn(b), [future]);
  assert.deepEqual(await client.moveLogs(c, 't', [0]), [0]);
  assert.deepEqual(await client.placeOf('t', 0), { current: a, future: c });
  await eventually(() => namesIn(b).length === 0, 'the first copy is removed');
  assert.deepEqual(await client.moveLogs(a, 't', [0]), [0]);
  assert.deepEqual(await client.placeOf('t', 0), { current: a, future: null });
  await eventually(() => namesIn(c).length === 0, 'the second copy is removed');
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [0]);
  const lag = async (): Promise<bigint> => {
    const [found] = (await client.logDirs()).flatMap(({ topics }) =>
      topics.flatMap(({ partitions }) => partitions.filter(({ isFutureKey }) => isFutureKey)),
    );
    return found?.offsetLag ?? -1n;
  };
  await eventually(async () => ((await lag()) < 600n && (await lag()) > 0n) as true, 'a part of it is copied');
  await node.kill();
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.deepEqual(await again.placeOf('t', 0), { current: a, future: b });
  assert.equal(await again.setBrokerConfig(throttle, '100000000'), 0);
  await moved(again, 't', b);
  const records = await again.read('t');
  assert.equal(records.length, 600);
});

test('a directory that fails ends the moves to it, and nothing else; none is begun while one is offline', async (t) => {
  const { client, paths } = await start(t, { program: faultyNode });
  const [a, b, c] = paths;
  await makeLog(client, 't', a, 60);
  await makeLog(client, 'u', c, 1);
  assert.equal(await client.setBrokerConfig(throttle, '50000'), 0);
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [0]);
  setFault(b, 'write', true);
  await eventually(async () => {
    const { future } = await client.placeOf('t', 0);
    return future === null;
  }, 'the move is given up');
  await produceOk(client, 't');
  assert.equal((await client.read('t')).length, 610);
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [errorCode.KAFKA_STORAGE_ERROR]);
  assert.deepEqual(await client.moveLogs(c, 't', [0]), [errorCode.KAFKA_STORAGE_ERROR]);
  // Where it is it may stay.
  assert.deepEqual(await client.moveLogs(a, 't', [0]), [0]);
  assert.deepEqual(await client.moveLogs('/nowhere', 't', [0]), [errorCode.LOG_DIR_NOT_FOUND]);
});

test('a log whose directory fails while it is moved is offline, and is there again after a restart', async (t) => {
  const { node, client, paths } = await start(t, { program: faultyNode });
  const [a, b] = paths;
  await makeLog(client, 't', a, 60);
  assert.equal(await client.setBrokerConfig(throttle, '50000'), 0);
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [0]);
  setFault(a, 'write', true);
  assert.equal((await client.produce('t', 0)).errorCode, errorCode.KAFKA_STORAGE_ERROR);
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [errorCode.KAFKA_STORAGE_ERROR]);
  setFault(a, 'write', false);
  await node.stop();
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.equal(await again.setBrokerConfig(throttle, '100000000'), 0);
  await moved(again, 't', b);
  assert.equal((await again.read('t')).length, 600);
});

test('a topic that is deleted while its log is moved leaves nothing behind', async (t) => {
  const { node, client, paths } = await start(t);
  const [a, b] = paths;
  await makeLog(client, 't', a, 20);
  assert.equal(await client.setBrokerConfig(throttle, '100000'), 0);
  assert.deepEqual(await client.moveLogs(b, 't', [0]), [0]);
  assert.deepEqual(await client.deleteTopics(['t']), [0]);
  await eventually(() => namesIn(a).length === 0 && namesIn(b).length === 0, 'all its files are removed');
  // One of that name that is made again is another one.
  await makeLog(client, 't', b, 1);
  await node.kill();
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.deepEqual(await again.placeOf('t', 0), { current: b, future: null });
  assert.equal((await again.read('t')).length, 10);
});

test('kill -9 under load, at any moment of a move: nothing acknowledged is missing, and the move goes on', async (t) => {
  const { node, client, paths } = await start(t);
  const [a, b] = paths;
  await makeLog(client, 't', a, 30);
  // A move takes about a second.
  assert.equal(await client.setBrokerConfig(throttle, '3000000'), 0);
  let acknowledgedEnd = 300;
  for (let round = 0; round < 5; round++) {
    const [mover, producer] = [await StorageClient.connect(node.port, t), await StorageClient.connect(node.port, t)];
    const { current, future } = await mover.placeOf('t', 0);
    // What the last round began goes on by itself.
    if (future === null) assert.deepEqual(await mover.moveLogs(current === a ? b : a, 't', [0]), [0]);
    let isOver = false;
    const load = (async () => {
      while (!isOver) {
        const sent = await producer.produce('t', 0, { count: 10, valueBytes: 1000 }).catch(() => undefined);
        if (sent === undefined) return;
        if (sent.errorCode === 0) acknowledgedEnd = Number(sent.baseOffset) + 10;
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 2500));
    await node.kill();
    isOver = true;
    await load;
    await node.restart();
    const again = await StorageClient.connect(node.port, t);
    const offsets = (await again.read('t')).map(({ offset }) => offset);
    assert.ok(offsets.length >= acknowledgedEnd, `${offsets.length} records of ${acknowledgedEnd}`);
    assert.deepEqual(
      offsets,
      offsets.map((_, at) => at),
    );
    acknowledgedEnd = offsets.length;
  }
  const last = await StorageClient.connect(node.port, t);
  const { current, future } = await last.placeOf('t', 0);
  await moved(last, 't', future ?? current!);
  assert.equal((await last.read('t')).length, acknowledgedEnd);
  const places = [a, b].filter((path) => namesIn(path).includes('t-0'));
  assert.deepEqual(places, [future ?? current]);
});
