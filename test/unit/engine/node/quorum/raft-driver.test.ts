import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MetadataLogError } from '../../../../../engine/node/quorum/metadata-log.ts';
import { configRecord, openNode, testVoter, until } from '../../../../support/metadata-log-fixture.ts';
import { SimulatedDisk, type SimulatedDiskOptions } from '../../../../support/simulated-disk.ts';

const directory = '__cluster_metadata-0';
const voters = [testVoter()];
const later: SimulatedDiskOptions = { defer: (_operation, run) => void setImmediate(run) };

for (const [name, options] of [
  ['at once', {}],
  ['later', later],
] as const) {
  test(`one voter leads, appends, commits, and finds all again, completions ${name}`, async () => {
    const disk = new SimulatedDisk(options);
    const first = await openNode(disk, { staticVoters: voters });
    await first.driver.start();
    await until(first, () => first.listener.leads !== null);
    assert.deepEqual(first.listener.events, ['leader 1 epoch 1', 'leads 1']);
    assert.equal(first.driver.highWatermark(), 1);
    const last = first.driver.append(1, [configRecord('a', '1'), configRecord('b', '2')]);
    assert.equal(last, 2);
    assert.equal(first.listener.overlay.length, 2);
    assert.equal(first.listener.committedState.size, 0);
    first.driver.append(1, [configRecord('a', '3')]);
    await until(first, () => first.listener.highWatermark === 4);
    assert.deepEqual(
      [...first.listener.committedState],
      [
        ['a', '3'],
        ['b', '2'],
      ],
    );
    await first.driver.close();
    assert.throws(() => first.driver.append(1, [configRecord('a', '4')]), MetadataLogError);

    const second = await openNode(disk, { staticVoters: voters });
    await second.driver.start();
    await until(second, () => second.listener.leads !== null);
    assert.deepEqual(second.listener.events, ['leader 1 epoch 2', 'leads 2']);
    assert.deepEqual(
      [...second.listener.committedState],
      [
        ['a', '3'],
        ['b', '2'],
      ],
    );
    assert.throws(() => second.driver.append(1, [configRecord('a', '4')]), { reason: 'not-leader' });
    assert.equal(second.driver.append(2, [configRecord('a', '5')]), 5);
  });
}

test('a listener may write within its calls, and is never called within a call', async () => {
  const node = await openNode(new SimulatedDisk(), { staticVoters: voters });
  const { listener, driver } = node;
  listener.onLeader = (epoch) => {
    const before = listener.highWatermark;
    assert.equal(driver.append(epoch, [configRecord('x', '1')]), 1);
    assert.equal(listener.overlay.length, 1);
    assert.equal(listener.highWatermark, before);
  };
  await driver.start();
  await until(node, () => listener.highWatermark === 2);
  assert.equal(listener.committedState.get('x'), '1');
});

test('appends share flushes', async () => {
  let syncs = 0;
  const disk = new SimulatedDisk({
    defer: (operation, run) => {
      if (operation.kind === 'sync') syncs++;
      setImmediate(run);
    },
  });
  const node = await openNode(disk, { staticVoters: voters });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  const before = syncs;
  for (let i = 0; i < 50; i++) node.driver.append(1, [configRecord(`k${i}`, 'v')]);
  await until(node, () => node.listener.highWatermark === 51);
  assert.ok(syncs - before <= 3, `${syncs - before} syncs`);
});

test('records that do not fit a batch are refused, and nothing is written', async () => {
  const node = await openNode(new SimulatedDisk(), { staticVoters: voters });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  const large = 'x'.repeat(30_000);
  const records = Array.from({ length: 300 }, (_, index) => configRecord(`k${index}`, large));
  assert.throws(() => node.driver.append(1, records), { reason: 'too-large' });
  assert.equal(node.driver.endOffset(), 1);
  assert.equal(node.listener.overlay.length, 0);
});

test('a failed flush ends leadership and is told once; what was not committed is dropped', async () => {
  let isBroken = false;
  const fault: SimulatedDiskOptions['fault'] = ({ kind }) => (isBroken && kind === 'sync' ? { code: 'EIO' } : null);
  const node = await openNode(new SimulatedDisk({ fault }), { staticVoters: voters });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  isBroken = true;
  node.driver.append(1, [configRecord('a', '1')]);
  await until(node, () => node.failures.length > 0);
  assert.equal(node.failures.length, 1);
  assert.equal(node.driver.isLeader(), false);
  assert.equal(node.listener.overlay.length, 0);
  assert.equal(node.listener.committedState.size, 0);
  assert.throws(() => node.driver.append(1, [configRecord('a', '2')]), { reason: 'not-leader' });
});

test('resigning drops what is not committed; the next term begins with what is', async () => {
  const held: (() => void)[] = [];
  let isHolding = false;
  const disk = new SimulatedDisk({
    defer: (operation, run) => {
      if (isHolding && operation.kind === 'sync') held.push(run);
      else run();
    },
  });
  const node = await openNode(disk, { staticVoters: voters });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  isHolding = true;
  node.driver.append(1, [configRecord('a', '1')]);
  node.driver.resign(1);
  assert.equal(node.listener.leads, null);
  assert.equal(node.listener.overlay.length, 0);
  isHolding = false;
  for (const run of held) run();
  await until(node, () => node.listener.leads === 2, 5000);
  assert.deepEqual(node.listener.events.slice(1), [
    'leads 1',
    'resigned 1',
    'leader -1 epoch 1',
    'leader 1 epoch 2',
    'leads 2',
  ]);
  assert.equal(node.listener.committedState.get('a'), '1');
});

test('the quorum is described', async () => {
  const node = await openNode(new SimulatedDisk(), { staticVoters: voters });
  assert.equal(node.driver.describeQuorum(), null);
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  const nowMs = node.clock.wallMs();
  assert.deepEqual(node.driver.describeQuorum(), {
    leaderId: 1,
    leaderEpoch: 1,
    highWatermark: 1,
    voters: [
      {
        id: 1,
        directoryId: testVoter().directoryId,
        logEndOffset: 1,
        lastFetchTimestampMs: nowMs,
        lastCaughtUpTimestampMs: nowMs,
      },
    ],
    observers: [],
    nodes: [{ id: 1, listeners: testVoter().endpoints }],
  });
});

test('quorum-state is as Apache Kafka writes it for static voters', async () => {
  const disk = new SimulatedDisk();
  const node = await openNode(disk, { staticVoters: voters });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  assert.equal(
    new TextDecoder().decode(disk.contents()[`${directory}/quorum-state`]),
    '{"clusterId":"","leaderId":1,"leaderEpoch":1,"votedId":-1,"appliedOffset":0,"currentVoters":[{"voterId":1}],"data_version":0}',
  );
});

test('snapshots are written by size, and the next start begins with the newest', async () => {
  const disk = new SimulatedDisk(later);
  const snapshots = { maxBytesBetween: 2_000 };
  const node = await openNode(disk, { staticVoters: voters, snapshots });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  for (let i = 0; i < 100; i++) {
    node.driver.append(1, [configRecord(`k${i % 10}`, String(i))]);
    await until(node, () => node.listener.highWatermark === i + 2);
  }
  await node.driver.snapshotsSettled();
  const latest = node.driver.latestSnapshot();
  assert.ok(latest !== null && latest.offset > 50);
  await node.driver.close();
  const again = await openNode(disk, { staticVoters: voters });
  await again.driver.start();
  await until(again, () => again.listener.leads !== null);
  assert.deepEqual(again.listener.events.slice(0, 2), [`begin ${latest.offset}-1`, `end ${latest.offset}-1`]);
  assert.deepEqual(
    new Map([...again.listener.committedState].sort()),
    new Map(Array.from({ length: 10 }, (_, index) => [`k${index}`, String(90 + index)])),
  );
});

test('snapshots are written by time where something changed', async () => {
  const node = await openNode(new SimulatedDisk(), { staticVoters: voters, snapshots: { maxIntervalMs: 5_000 } });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  node.driver.append(1, [configRecord('a', '1')]);
  await until(node, () => node.listener.highWatermark === 2);
  assert.equal(node.driver.latestSnapshot(), null);
  await until(node, () => node.driver.latestSnapshot() !== null, 6000);
  assert.deepEqual(node.driver.latestSnapshot(), { offset: 2, epoch: 1 });
});
