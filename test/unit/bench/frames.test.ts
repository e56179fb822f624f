import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { batchOf } from '../../../bench/load/batches.ts';
import { fetchFrames, latencySpec, produceFrames, writeFrames } from '../../../bench/load/frames.ts';
import { commitFrames } from '../../../bench/load/group-client.ts';
import { runClient } from '../../../bench/load/run-client.ts';
import { startSink } from '../../../bench/sink/sink.ts';
import { compressionCodec } from '../../../engine/base/codec.ts';
import { batchLayout } from '../../../engine/protocol/batch-layout.ts';
import { findProgram } from '../../support/find-program.ts';
import { skipForWant } from '../../support/skip.ts';
import { tempDirFor } from '../../support/temp-dir.ts';

const topic = { name: 'bench', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: 6 };

test('a batch is filled up to its size and holds one record at least', async () => {
  const full = await batchOf({ recordBytes: 100, batchBytes: 65_536 }, 1);
  assert.ok(full.bytes.length <= 65_536 && full.bytes.length > 65_536 - 120);
  assert.ok(full.records > 550);
  assert.equal((await batchOf({ recordBytes: 100, records: 1 }, 1)).records, 1);
});

test('batches of so many records have as many, keys and codecs change what they should', async () => {
  const plain = await batchOf({ recordBytes: 100, records: 10 }, 1);
  const keyed = await batchOf({ recordBytes: 100, records: 10, isKeyed: true }, 1);
  assert.deepEqual([plain.records, keyed.records], [10, 10]);
  assert.equal(keyed.bytes.length, plain.bytes.length + 10 * 16);
  const full = await batchOf({ recordBytes: 100, batchBytes: 65_536 }, 1);
  for (const [name, codec] of Object.entries(compressionCodec)) {
    const { bytes, records } = await batchOf({ recordBytes: 100, batchBytes: 65_536, codec }, 1);
    assert.equal(records, full.records, name);
    assert.equal(bytes[batchLayout.attributes + 1] & 7, codec, name);
    // As much as codecs make of a log, neither noise nor one record many times.
    const share = bytes.length / full.bytes.length;
    assert.ok(codec === compressionCodec.none ? share === 1 : share > 0.2 && share < 0.8, `${name}: ${share}`);
  }
});

test('groups are dealt to the connections that commit for them, and an answer shows its error code', async () => {
  const { frames, answers, errorAt } = await commitFrames(topic, 2, ['one', 'two', 'three']);
  assert.deepEqual(
    frames.map(({ connection, bytes }) => [connection, /one|two|three/.exec(bytes.toString('latin1'))?.[0]]),
    [
      [0, 'one'],
      [1, 'two'],
      [0, 'three'],
    ],
  );
  assert.equal(answers[0]!.readInt16BE(errorAt), 0);
  // Behind it are only the empty tagged fields of partition, topic and answer.
  assert.equal(answers[0]!.length - errorAt - 2, 3);
});

test('the client reads each different frame once', async (t) => {
  const set = await produceFrames({ topic, connections: 40, shape: { recordBytes: 10, records: 1 }, acks: -1 });
  const file = join(tempDirFor(t), 'frames');
  writeFrames(file, set.frames);
  const bytes = readFileSync(file);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, 2);
  assert.equal(words[0], topic.partitions);
  const frameBytes = set.frames.slice(0, topic.partitions).reduce((sum, frame) => sum + 4 + frame.bytes.length, 0);
  assert.equal(bytes.length, 4 + frameBytes + 40 * topic.partitions * 8);
  const huge = { connection: 0, bytes: Buffer.alloc(0) };
  Object.defineProperty(huge.bytes, 'length', { value: 2 ** 30 });
  assert.throws(() => writeFrames(file, [huge]), /at most/);
});

test('every connection produces to every partition, and knows where its answers have their error code', async () => {
  const set = await produceFrames({ topic, connections: 4, shape: { recordBytes: 10, records: 1 }, acks: -1 });
  assert.equal(set.frames.length, 24);
  assert.equal(set.answers.length, 6);
  const [answer] = set.answers;
  assert.equal(answer.readUInt32BE(0), answer.length - 4);
  assert.equal(answer.readInt16BE(set.errorAt), 0);
});

test('the connections of a fetch share the partitions', async () => {
  const batch = await batchOf({ recordBytes: 100, batchBytes: 1000 }, 1);
  const set = await fetchFrames({ topic, connections: 2, partitionBytes: 4000, batch, batches: 8 });
  assert.equal(set.frames.length, 4);
  assert.ok(set.answers[0].length > 3 * 4 * batch.bytes.length);
});

test('the places in the frames of the latency run hold what they should', async () => {
  const spec = await latencySpec(topic, 100, -1);
  const fetch = spec.frames[1].bytes;
  assert.equal(fetch.readBigInt64BE(spec.offsetAt), 0n);
  assert.equal(spec.frames.length, 12);
  assert.ok(spec.recordsAt > 40 && spec.errorAt > 10);
});

test('the load client and the sink understand each other', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const frames = await produceFrames({ topic, connections: 2, shape: { recordBytes: 10, records: 1 }, acks: -1 });
  const sink = await startSink(frames);
  try {
    const limits = { warmUpMs: 20, durationMs: 100, maxBytes: 1e9 };
    const round = await runClient(sink, frames, {
      connections: 2,
      threads: 1,
      inFlight: 3,
      acks: -1,
      gather: 1,
      ...limits,
    });
    assert.ok(round.requests > 0);
    assert.equal(round.errors, 0);
    assert.ok(round.allRequests >= round.requests);
    assert.equal(round.bytesReceived % frames.answers[0].length, 0);
  } finally {
    await sink.stop();
  }
});
