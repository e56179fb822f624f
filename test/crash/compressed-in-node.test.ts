/** Recompression, large compressed batches and bombs in a running node: through the background pool, and in order. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { batchHeaderBytes, batchLayout, logOverheadBytes } from '../../engine/protocol/batch-layout.ts';
import { batchCodec } from '../../engine/protocol/records/batch-view.ts';
import { writeInt16, writeInt32 } from '../../engine/protocol/records/big-endian.ts';
import { splitBatches } from '../../engine/protocol/records/split-batches.ts';
import { bombs } from '../support/bombs.ts';
import { sealed } from '../support/hostile-batches.ts';
import { requireKcat, runKcat } from '../support/kcat.ts';
import { testBatch } from '../support/log-fixture.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { StorageClient } from '../support/storage-client.ts';

const codecs = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;

/** The batch with `payload` in place of its records, under a codec. */
function compressed(codec: number, payload: Uint8Array): Uint8Array {
  const head = testBatch({ timestampMs: Date.now() }).subarray(0, batchHeaderBytes);
  return sealed(new Uint8Array(Buffer.concat([head, payload])), (bytes) => {
    writeInt32(bytes, batchLayout.batchLength, bytes.length - logOverheadBytes);
    writeInt16(bytes, batchLayout.attributes, codec);
  });
}

function storedCodecs(node: Millrace, log: string): Set<number> {
  const bytes = readFileSync(join(node.directory, log, '00000000000000000000.log'));
  return new Set(splitBatches(new Uint8Array(bytes)).map((batch) => batchCodec(batch, 0)));
}

const targets: readonly (readonly [keyof typeof codecs, string, Record<string, string>])[] = [
  ['none', 'uncompressed', {}],
  ['gzip', 'gzip', { 'compression.gzip.level': '9' }],
  ['gzip', 'gzip', { 'compression.gzip.level': '-1' }],
  ['snappy', 'snappy', {}],
  ['lz4', 'lz4', { 'compression.lz4.level': '1' }],
  ['lz4', 'lz4', { 'compression.lz4.level': '17' }],
  ['zstd', 'zstd', { 'compression.zstd.level': '-5' }],
  ['zstd', 'zstd', { 'compression.zstd.level': '19' }],
];

test('batches of every codec are stored under the codec of the topic, in the order in which they were sent', async (t) => {
  if (!requireKcat(t)) return;
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  for (const [index, [codec, type, levels]] of targets.entries()) {
    const topic = `to-${codec}-${index}`;
    assert.equal(await client.createTopic(topic, 1, { 'compression.type': type, ...levels }), 0);
    const sent: string[] = [];
    for (const from of Object.keys(codecs)) {
      // Small and large batches in turn: some are done on the shard, some are away for a while.
      const values = Array.from({ length: 300 }, (_, n) => `${from}-${n}-${'x'.repeat(n % 100 < 50 ? 10 : 2000)}`);
      sent.push(...values);
      const args = ['-b', node.bootstrap, '-P', '-t', topic, '-p', '0', '-X', `compression.codec=${from}`];
      const { code, stderr } = await runKcat([...args, '-X', 'batch.num.messages=50', '-X', 'linger.ms=0'], {
        input: `${values.join('\n')}\n`,
        timeoutMs: 30_000,
      });
      assert.equal(code, 0, stderr);
    }
    const read = await client.read(topic);
    assert.deepEqual(
      read.map(({ value }) => value),
      sent,
      topic,
    );
    assert.deepEqual(storedCodecs(node, `${topic}-0`), new Set([codecs[codec]]), topic);
  }
});

test('requests of one connection keep their order while the first is away in the background', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  const other = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('zstd', 2, { 'compression.type': 'zstd', 'max.message.bytes': '8000000' }), 0);
  const large = { count: 3000, valueBytes: 1000 };
  for (let round = 0; round < 5; round++) {
    const away = client.produce('zstd', 0, large);
    // Another partition goes on meanwhile, and answers whatever becomes of the first.
    assert.equal((await other.produce('zstd', 1)).errorCode, 0);
    const { errorCode, baseOffset } = await away;
    assert.deepEqual([errorCode, baseOffset], [0, BigInt(round * 3001)]);
    assert.equal((await client.produce('zstd', 0)).baseOffset, BigInt(round * 3001 + 3000));
  }
  assert.equal((await client.read('zstd')).length, 5 * 3001);
});

test('LogAppendTime is written into large compressed batches too', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('stamped', 1, { 'message.timestamp.type': 'LogAppendTime' }), 0);
  const plain = testBatch({ count: 4000, valueBytes: 500, timestampMs: 5 });
  const batch = compressed(codecs.gzip, gzipSync(plain.subarray(batchHeaderBytes)));
  const whole = sealed(batch, (bytes) => {
    bytes.set(plain.subarray(batchLayout.lastOffsetDelta, batchHeaderBytes), batchLayout.lastOffsetDelta);
  });
  const startMs = BigInt(Date.now());
  const answer = await client.produce('stamped', 0, whole);
  assert.equal(answer.errorCode, 0);
  assert.ok(answer.logAppendTimeMs >= startMs);
  assert.equal((await client.read('stamped')).length, 4000);
});

test('bombs are refused, and the node goes on', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('bombed', 1, { 'max.message.bytes': '100000000' }), 0);
  for (const codec of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
    for (const { name, bytes } of bombs(codec)) {
      const { errorCode } = await client.produce('bombed', 0, compressed(codecs[codec], bytes));
      assert.notEqual(errorCode, 0, `${codec}: ${name}`);
    }
  }
  assert.equal((await client.produce('bombed', 0)).baseOffset, 0n);
  assert.equal(node.isRunning, true);
});
