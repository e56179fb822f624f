import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apiKey, apiRow } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { ApiVersionsResponse } from '#engine/protocol/generated/api-versions-response.js';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DescribeClusterResponse } from '#engine/protocol/generated/describe-cluster-response.js';
import { freePorts } from '../support/free-port.ts';
import {
  type Millrace,
  plainProperties,
  propertiesText,
  runRefusedMillrace,
  startMillrace,
} from '../support/millrace.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';
import { ClosedByBroker, WireClient } from '../support/wire-client.ts';

const idleMs = 4000;
let node: Millrace;

before(async () => {
  const properties = { 'connections.max.idle.ms': String(idleMs), 'socket.request.max.bytes': '1000000' };
  node = await startMillrace({ properties });
});

after(() => node[Symbol.asyncDispose]());

const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };

async function ask<Res>(key: number, version: number, message: object): Promise<Res> {
  const client = await WireClient.connect(node.controllerPort);
  try {
    return (await client.call(key, version, message)) as Res;
  } finally {
    client.close();
  }
}

/** What a 4.3.1 controller names for each of the APIs that are served here. */
const named: readonly (readonly [number, number, number])[] = [
  [1, 4, 18],
  [18, 0, 4],
  [19, 2, 7],
  [20, 1, 6],
  [32, 1, 4],
  [33, 0, 2],
  [37, 0, 3],
  [43, 0, 2],
  [44, 0, 1],
  [45, 0, 1],
  [46, 0, 0],
  [52, 0, 2],
  [53, 0, 1],
  [54, 0, 1],
  [55, 0, 2],
  [56, 2, 3],
  [57, 0, 2],
  [58, 0, 0],
  [59, 0, 1],
  [60, 0, 2],
  [62, 0, 4],
  [63, 0, 2],
  [64, 0, 0],
  [67, 0, 0],
  [70, 0, 0],
  [73, 0, 0],
  [80, 0, 1],
  [81, 0, 0],
  [82, 0, 0],
];

test("the controller's listener names what it serves, at Kafka's versions", async () => {
  const { apiKeys, errorCode: code } = await ask<ApiVersionsResponse>(apiKey.ApiVersions, 4, software);
  assert.equal(code, errorCode.NONE);
  assert.deepEqual(
    apiKeys.map(({ apiKey: key, minVersion, maxVersion }) => [key, minVersion, maxVersion]),
    named,
  );
  for (const { apiKey: key } of apiKeys) assert.ok(apiRow(key)!.listeners.includes('controller'), `api ${key}`);
});

test('a version of ApiVersions that is too new is answered in version 0', async () => {
  const client = await WireClient.connect(node.controllerPort);
  const frame = await client.callRaw(apiKey.ApiVersions, 77, 2, Buffer.alloc(0));
  client.close();
  assert.equal(frame.readInt16BE(4), errorCode.UNSUPPORTED_VERSION);
  assert.equal(frame.readInt32BE(6), 1);
  assert.deepEqual([frame.readInt16BE(10), frame.readInt16BE(12), frame.readInt16BE(14)], [18, 0, 4]);
});

test('controllers are told to who asks for controllers, and no one else', async () => {
  const told = await ask<DescribeClusterResponse>(apiKey.DescribeCluster, 2, { endpointType: 2 });
  assert.equal(told.errorCode, errorCode.NONE);
  assert.equal(told.controllerId, 1);
  assert.deepEqual(
    told.brokers.map(({ brokerId, port }) => [brokerId, port]),
    [[1, node.controllerPort]],
  );
  const brokers = await ask<DescribeClusterResponse>(apiKey.DescribeCluster, 2, { endpointType: 1 });
  assert.equal(brokers.errorCode, errorCode.MISMATCHED_ENDPOINT_TYPE);
  const old = await ask<DescribeClusterResponse>(apiKey.DescribeCluster, 0, {});
  assert.equal(old.errorCode, errorCode.INVALID_REQUEST);
  const other = await ask<DescribeClusterResponse>(apiKey.DescribeCluster, 1, { endpointType: 9 });
  assert.equal(other.errorCode, errorCode.UNSUPPORTED_ENDPOINT_TYPE);
});

test("a topic that is created by the controller's listener is served by the broker's", async () => {
  const topics = [{ name: 'by-the-controller', numPartitions: 3, replicationFactor: 1 }];
  const created = await ask<CreateTopicsResponse>(apiKey.CreateTopics, 7, { topics, timeoutMs: 10_000 });
  assert.deepEqual(
    created.topics.map(({ name, errorCode: code, numPartitions }) => [name, code, numPartitions]),
    [['by-the-controller', errorCode.NONE, 3]],
  );
  const client = await WireClient.connect(node.port);
  const metadata = (await client.call(apiKey.Metadata, 12, { topics: [{ name: 'by-the-controller' }] })) as {
    topics: { errorCode: number; partitions: unknown[] }[];
  };
  client.close();
  assert.equal(metadata.topics[0].errorCode, errorCode.NONE);
  assert.equal(metadata.topics[0].partitions.length, 3);
});

test("the controller's listener closes what sends an API, a version or bytes that it does not know", async () => {
  const hostile: readonly (readonly [string, number, number, Buffer])[] = [
    ['an API of the broker', apiKey.Produce, 9, Buffer.alloc(0)],
    ['a vote of noise', apiKey.Vote, 1, Buffer.from([0, 0xff, 0xff])],
    ['a fetch of noise', apiKey.Fetch, 17, Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 0x07])],
    ['a version of another age', apiKey.CreateTopics, 99, Buffer.alloc(0)],
    ['a body cut short', apiKey.CreateTopics, 7, Buffer.from([0])],
    ['an array of two billion', apiKey.CreateTopics, 7, Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 0x07])],
    ['a heartbeat of noise', apiKey.BrokerHeartbeat, 1, Buffer.from([0, 0xff, 0xff])],
    ['a quorum of noise', apiKey.DescribeQuorum, 1, Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 0x07])],
  ];
  for (const [what, key, version, body] of hostile) {
    const client = await WireClient.connect(node.controllerPort);
    await assert.rejects(client.callRaw(key, version, 2, body), ClosedByBroker, what);
  }
  assert.equal((await ask<ApiVersionsResponse>(apiKey.ApiVersions, 4, software)).errorCode, errorCode.NONE);
});

test('frames larger than socket.request.max.bytes, or of negative size, close the connection at once', async () => {
  for (const size of [1_000_001, 0x7fffffff, -1]) {
    const head = Buffer.alloc(4);
    head.writeInt32BE(size);
    await closedByPeer(await send(head));
  }
});

test('a frame that never becomes whole is given up when the connection has been idle for too long', async () => {
  const head = Buffer.alloc(1000);
  head.writeInt32BE(900_000);
  const startedMs = performance.now();
  await closedByPeer(await send(head));
  assert.ok(performance.now() - startedMs >= idleMs * 0.9);
});

test("a node whose controller's port is taken is refused with one line", async () => {
  const [port, controllerPort] = await freePorts(2);
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(controllerPort, '127.0.0.1', resolve));
  const home = makeTempDir('millrace-refused-');
  try {
    const file = join(home, 'server.properties');
    writeFileSync(file, propertiesText(plainProperties(port, controllerPort, join(home, 'data'))));
    const { code, stderr } = await runRefusedMillrace([file]);
    assert.notEqual(code, 0);
    const expected = `millrace: cannot listen on 127.0.0.1:${controllerPort}: the port is in use by another process\n`;
    assert.equal(stderr, expected);
  } finally {
    squatter.close();
    removeTempDir(home);
  }
});

function send(bytes: Buffer): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(node.controllerPort, '127.0.0.1', () => socket.write(bytes, () => resolve(socket)));
    socket.once('error', reject);
  });
}

function closedByPeer(socket: Socket): Promise<void> {
  socket.removeAllListeners('error');
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => resolve());
    socket.resume();
  });
}
