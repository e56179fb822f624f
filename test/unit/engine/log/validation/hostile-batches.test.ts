import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type CompressionCodec, compressionCodec } from '../../../../../engine/base/codec.ts';
import { assignOffsets } from '../../../../../engine/log/validation/assign-offsets.ts';
import { completeBatch, takeCompleted } from '../../../../../engine/log/validation/complete-batch.ts';
import { validateSmallInflated } from '../../../../../engine/log/validation/inflate-batch.ts';
import { validateBatch } from '../../../../../engine/log/validation/validate-batch.ts';
import { type ValidationConfig, ValidationResult } from '../../../../../engine/log/validation/validation-types.ts';
import * as view from '../../../../../engine/protocol/records/batch-view.ts';
import { splitBatches } from '../../../../../engine/protocol/records/split-batches.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import { compression } from '../../../../../native-bindings/compression.ts';
import { startApacheKafka } from '../../../../support/apache-broker.ts';
import { requireApacheKafka } from '../../../../support/apache-kafka.ts';
import { type HostileTopic, hostileCases, hostileTopics } from '../../../../support/hostile-batches.ts';
import { RawKafka, type RawProduceAnswer } from '../../../../support/raw-kafka.ts';
import { validationConfig } from '../../../../support/validation-config.ts';

const configs: Readonly<Record<HostileTopic, ValidationConfig>> = {
  plain: validationConfig(),
  compacted: validationConfig({ isCompacted: true }),
  'append-time': validationConfig({ isLogAppendTime: true }),
  small: validationConfig({ maxMessageBytes: 500 }),
  segment: validationConfig({ maxMessageBytes: 3_000_000, segmentBytes: 1_048_576 }),
  before: validationConfig({ timestampBeforeMaxMs: 40_000 }),
  gzipped: validationConfig({ targetCodec: compressionCodec.gzip }),
  uncompressed: validationConfig({ targetCodec: compressionCodec.none }),
};

const out = new ValidationResult();

/** All steps of a produce; answers the bytes to append. */
async function validate(bytes: Uint8Array, topic: HostileTopic, nowMs: number): Promise<Uint8Array> {
  const config = configs[topic];
  const place = new Uint8Array(bytes.length + 20);
  place.set(bytes, 7);
  let status = validateBatch(place, 7, bytes.length, config, checksum, nowMs, out);
  if (status === 'needs-inflate') status = validateSmallInflated(place, 7, config, compression, nowMs, out);
  const batch = place.slice(7, 7 + out.batchBytes);
  if (status === 'ok' || status === 'rejected') return batch;
  const completed = await completeBatch(batch, config, nowMs, checksum, compression);
  takeCompleted(completed, out);
  return completed.replacement ?? batch;
}

describe('our answers', () => {
  const nowMs = Date.now();
  for (const { name, topic, bytes, ours, recordErrors } of hostileCases(nowMs)) {
    test(name, async () => {
      const appended = await validate(bytes, topic, nowMs);
      assert.equal(out.errorCode, ours, out.reason);
      assert.equal(out.status, ours === 0 ? 'ok' : 'rejected');
      assert.deepEqual(
        out.recordErrors.map((error) => error.batchIndex),
        recordErrors,
      );
      if (recordErrors.length > 0) assert.notEqual(out.errorMessage, null);
      if (ours !== 0) return;
      assignOffsets(appended, 0, 77, 3, out, configs[topic], checksum);
      assert(view.isIntactBatch(appended, 0, appended.length, checksum));
      assert.equal(view.batchBaseOffset(appended, 0), 77);
    });
  }
});

test('Apache Kafka answers the same, and stores the same bytes', async (t) => {
  if (!requireApacheKafka(t)) return;
  const nowMs = Date.now();
  const cases = hostileCases(nowMs);
  const kafka = await startApacheKafka();
  t.after(() => kafka.kill());
  const client = await RawKafka.connect(kafka.port);
  await client.createTopics(hostileTopics);
  const answers: RawProduceAnswer[] = [];
  for (const { topic, bytes } of cases) answers.push(await produceWhenReady(client, topic, bytes));
  client.close();
  for (const [index, { name, apache, recordErrors }] of cases.entries()) {
    const answer = answers[index];
    assert.equal(answer.errorCode, apache, `${name}: ${answer.errorMessage}`);
    assert.deepEqual(
      answer.recordErrors.map((error) => error.batchIndex),
      recordErrors,
      name,
    );
  }
  for (const [index, { name, topic, bytes, apache, ours }] of cases.entries()) {
    if (apache !== 0 || ours !== 0) continue;
    const { baseOffset, logAppendTimeMs } = answers[index];
    const stored = storedBatch(kafka.logDirectory, topic, baseOffset);
    const appended = await validate(bytes, topic, logAppendTimeMs < 0 ? nowMs : logAppendTimeMs);
    assignOffsets(appended, 0, baseOffset, 0, out, configs[topic], checksum);
    assert.equal(comparable(appended), comparable(stored), name);
  }
});

/** A topic just made may not have its leader yet. */
async function produceWhenReady(client: RawKafka, topic: string, bytes: Uint8Array): Promise<RawProduceAnswer> {
  for (let tries = 0; ; tries++) {
    const answer = await client.produce(topic, bytes);
    const isUnready = answer.errorCode === 3 || answer.errorCode === 6;
    if (!isUnready || tries === 100) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function storedBatch(logDirectory: string, topic: string, baseOffset: number): Uint8Array {
  const segment = readFileSync(join(logDirectory, `${topic}-0`, '00000000000000000000.log'));
  const batch = splitBatches(segment).find((one) => view.batchBaseOffset(one, 0) === baseOffset);
  assert(batch !== undefined, `${topic}: no batch at ${baseOffset}`);
  return batch;
}

/** The batch in hex; recompressed bytes depend on the compressor, so those are compared inflated. */
function comparable(batch: Uint8Array): string {
  const codec = view.batchCodec(batch, 0) as CompressionCodec;
  if (codec === compressionCodec.none) return Buffer.from(batch).toString('hex');
  const header = batch.slice(0, 61);
  header.fill(0, 8, 12);
  header.fill(0, 17, 21);
  const records = compression.decompress(codec, batch.subarray(61), 10_000_000);
  return `${Buffer.from(header).toString('hex')} ${Buffer.from(records).toString('hex')}`;
}
