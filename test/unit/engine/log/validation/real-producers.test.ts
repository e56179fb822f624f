import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CompressionCodec, compressionCodec } from '../../../../../engine/base/codec.ts';
import { completeBatch } from '../../../../../engine/log/validation/complete-batch.ts';
import { validateBatch } from '../../../../../engine/log/validation/validate-batch.ts';
import { ValidationResult } from '../../../../../engine/log/validation/validation-types.ts';
import * as view from '../../../../../engine/protocol/records/batch-view.ts';
import { splitBatches } from '../../../../../engine/protocol/records/split-batches.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import { compression, plainCompression } from '../../../../../native-bindings/compression.ts';
import { startApacheKafka } from '../../../../support/apache-broker.ts';
import { requireApacheKafka, runTool } from '../../../../support/apache-kafka.ts';
import { requireKcat, runKcat } from '../../../../support/kcat.ts';
import { RawKafka } from '../../../../support/raw-kafka.ts';
import { validationConfig } from '../../../../support/validation-config.ts';

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
const lines = Array.from({ length: 3000 }, (_, line) => `${line}: ${'some words that repeat '.repeat(line % 7)}`);

test('what librdkafka and the Java producer make of every codec is accepted', async (t) => {
  if (!requireApacheKafka(t) || !requireKcat(t)) return;
  const kafka = await startApacheKafka();
  t.after(() => kafka.kill());
  const client = await RawKafka.connect(kafka.port);
  await client.createTopics(Object.fromEntries([...codecs.map((codec) => [`kcat-${codec}`, {}]), ['java-zstd', {}]]));
  client.close();
  const input = `${lines.join('\n')}\n`;
  for (const codec of codecs) {
    const args = ['-P', '-b', kafka.bootstrap, '-t', `kcat-${codec}`, '-p', '0', '-X', 'linger.ms=100', '-z', codec];
    const produced = await runKcat(args, { input });
    assert.equal(produced.code, 0, produced.stderr);
  }
  const javaProducer = ['--bootstrap-server', kafka.bootstrap, '--topic', 'java-zstd', '--compression-codec', 'zstd'];
  const produced = await runTool('org.apache.kafka.tools.ConsoleProducer', javaProducer, { input });
  assert.equal(produced.code, 0, produced.stderr);
  for (const codec of codecs) await checkSegment(kafka.logDirectory, `kcat-${codec}`, compressionCodec[codec]);
  await checkSegment(kafka.logDirectory, 'java-zstd', compressionCodec.zstd);
});

/** Every batch as its producer sent it, which is as it is stored but for the offset. */
async function checkSegment(logDirectory: string, topic: string, codec: CompressionCodec): Promise<void> {
  const batches = splitBatches(readFileSync(join(logDirectory, `${topic}-0`, '00000000000000000000.log')));
  const out = new ValidationResult();
  let records = 0;
  let asAsked = 0;
  for (const batch of batches) {
    view.setBatchBaseOffset(batch, 0, 0);
    // librdkafka sends a batch as it is when it would not shrink.
    const isPlain = view.batchCodec(batch, 0) === compressionCodec.none;
    if (!isPlain) assert.equal(view.batchCodec(batch, 0), codec, topic);
    if (isPlain === (codec === compressionCodec.none)) asAsked++;
    const nowMs = Date.now();
    const status = validateBatch(batch, 0, batch.length, validationConfig(), checksum, nowMs, out);
    assert.equal(status, isPlain ? 'ok' : 'needs-inflate', `${topic}: ${out.reason}`);
    for (const kind of [compression, plainCompression]) {
      const completed = await completeBatch(batch, validationConfig(), nowMs, checksum, kind);
      assert.equal(completed.status, 'ok', `${topic}: ${completed.reason}`);
      assert.equal(completed.needsSeal, false);
    }
    records += out.recordCount;
  }
  assert.equal(records, lines.length, topic);
  assert(asAsked > 0, `${topic}: no batch of codec ${codec}`);
}
