import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProtocolError } from '../../engine/protocol/protocol-error.ts';
import { Reader } from '../../engine/protocol/reader.ts';
import { readSchema } from '../../tools/generate/output.ts';
import { codecOf, encodeToBytes, normal } from '../golden/generated-codec.ts';
import { makeSample, type SampleStyle } from '../golden/message-samples.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { mutate } from './mutate.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 1);
const mutationsASample = Number(process.env.MILLRACE_FUZZ_RUNS ?? 12);
const styles: readonly SampleStyle[] = ['full', 'random-1', 'random-2'];
const { messages } = readSchema();

test(`broken bytes are refused with a ProtocolError, or read as another message (seed ${seed})`, async (t) => {
  const random = new SeededRandom(seed);
  let refused = 0;
  let read = 0;
  for (const message of messages) {
    const codec = await codecOf(message);
    for (let version = message.versions.lowest; version <= message.versions.highest; version++) {
      for (const style of styles) {
        const bytes = encodeToBytes(codec, makeSample(message, version, style), version);
        for (let run = 0; run < mutationsASample; run++) {
          const broken = mutate(bytes, random);
          const what = `${message.name} ${version}: ${Buffer.from(broken).toString('hex')}`;
          let decoded: object;
          try {
            decoded = codec.decode(new Reader(broken), version);
          } catch (error) {
            assert.ok(error instanceof ProtocolError, `${what}: ${(error as Error).stack}`);
            refused++;
            continue;
          }
          read++;
          // What could be read can be written, unless its tags were out of order, and reads the same again.
          try {
            const again = encodeToBytes(codec, decoded, version);
            assert.deepEqual(normal(codec.decode(new Reader(again), version)), normal(decoded), what);
          } catch (error) {
            // Bytes that were no UTF-8 grow when they are written as U+FFFD.
            const known =
              error instanceof ProtocolError && (error.reason === 'bad-tag' || error.reason === 'bad-length');
            assert.ok(known, `${what}: ${(error as Error).stack}`);
          }
        }
      }
    }
  }
  assert.ok(refused > 1000 && read > 1000, `${refused} refused, ${read} read`);
  t.diagnostic(`${refused} refused, ${read} read`);
});

test('bytes cut short anywhere are refused', async () => {
  for (const message of messages) {
    const codec = await codecOf(message);
    const { lowest, highest } = message.versions;
    for (const version of new Set([lowest, Math.min(lowest + 1, highest), highest])) {
      const bytes = encodeToBytes(codec, makeSample(message, version, 'full'), version);
      for (let end = 0; end < bytes.length; end++) {
        assert.throws(
          () => codec.decode(new Reader(bytes, 0, end), version),
          (error) => error instanceof ProtocolError,
          `${message.name} ${version} cut at ${end} of ${bytes.length}`,
        );
      }
    }
  }
});

test('a claimed count or length of 2^31 - 1 costs no memory', async () => {
  const claims = [Buffer.from('7fffffff', 'hex'), Buffer.from('ffffffff07', 'hex'), Buffer.from('ffffffff0f', 'hex')];
  const room = new Uint8Array(64 * 1024);
  const before = process.memoryUsage();
  let refused = 0;
  for (const message of messages) {
    const codec = await codecOf(message);
    for (let version = message.versions.lowest; version <= message.versions.highest; version++) {
      const bytes = encodeToBytes(codec, makeSample(message, version, 'full'), version);
      for (let at = 0; at < bytes.length; at += 3) {
        for (const claim of claims) {
          room.fill(0);
          room.set(bytes);
          room.set(claim, at);
          try {
            codec.decode(new Reader(room), version);
          } catch (error) {
            assert.ok(error instanceof ProtocolError, String(error));
            refused++;
          }
        }
      }
    }
  }
  assert.ok(refused > 1000);
  const after = process.memoryUsage();
  // One array of 2^31 anything would be far more than this.
  assert.ok(after.rss - before.rss < 600e6, `${(after.rss - before.rss) / 1e6} MB more`);
});
