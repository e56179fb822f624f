import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProtocolError } from '../../engine/protocol/protocol-error.ts';
import { Reader } from '../../engine/protocol/reader.ts';
import { decodeUtf8 } from '../../engine/protocol/utf8.ts';
import { readSchema } from '../../tools/generate/output.ts';
import { askApache } from '../golden/apache-codecs.ts';
import { codecOf, encodeToBytes, toHex } from '../golden/generated-codec.ts';
import { makeSample } from '../golden/message-samples.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { mutate } from './mutate.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 1);

interface Case {
  readonly line: string;
  /** As Apache Kafka would answer, but for the wording of errors. */
  readonly answer: string;
  /** Refused by us where Kafka may make something of it. */
  readonly stricter: boolean;
}

/**
 * What we refuse and Kafka does not: a known tagged field whose size is not that of its value (Kafka does not look at
 * the size), varints of more than 32 bits (it drops what is too much), and compact lengths from 2^31 on (it takes them
 * for null).
 */
function isStricter(error: ProtocolError): boolean {
  if (error.reason === 'bad-varint' || /tagged field/.test(error.message)) return true;
  return Number(/\d+/.exec(error.message)?.[0] ?? 0) >= 2 ** 31 - 1;
}

async function mutatedMessages(random: SeededRandom): Promise<Case[]> {
  const cases: Case[] = [];
  for (const message of readSchema().messages) {
    const codec = await codecOf(message);
    for (let version = message.versions.lowest; version <= message.versions.highest; version++) {
      for (const style of ['full', 'random-1'] as const) {
        for (let run = 0; run < 3; run++) {
          const bytes = mutate(encodeToBytes(codec, makeSample(message, version, style), version), random);
          const line = `{"name":"${message.name}","version":${version},"hex":"${toHex(bytes)}"}`;
          try {
            const answer = toHex(encodeToBytes(codec, codec.decode(new Reader(bytes), version), version));
            cases.push({ line, answer, stricter: false });
          } catch (error) {
            assert.ok(error instanceof ProtocolError, `${line}: ${(error as Error).stack}`);
            cases.push({ line, answer: `error: ${error.message}`, stricter: isStricter(error) });
          }
        }
      }
    }
  }
  return cases;
}

function mutatedTexts(random: SeededRandom): Case[] {
  const pieces = [0xe2, 0x82, 0xac, 0xf0, 0x9d, 0x84, 0x9e, 0xed, 0xa0, 0x80, 0xc3, 0xf4, 0x8f, 0x41];
  return Array.from({ length: 5000 }, () => {
    const bytes = new Uint8Array(1 + random.below(8));
    for (let at = 0; at < bytes.length; at++) {
      bytes[at] = random.oneIn(2) ? random.below(256) : pieces[random.below(pieces.length)]!;
    }
    const text = Buffer.from(decodeUtf8(bytes, 0, bytes.length), 'utf16le').swap16();
    return { line: `{"utf8":"${toHex(bytes)}"}`, answer: toHex(text), stricter: false };
  });
}

test(`broken bytes are to us what they are to Apache Kafka (seed ${seed})`, async (t) => {
  if (!requireApacheKafka(t)) return;
  const random = new SeededRandom(seed);
  const cases = [...(await mutatedMessages(random)), ...mutatedTexts(random)];
  const theirs = await askApache(cases.map(({ line }) => line));
  const failures: string[] = [];
  let refused = 0;
  for (const [index, { line, answer, stricter }] of cases.entries()) {
    const same = answer === theirs[index] || (answer.startsWith('error') && theirs[index]!.startsWith('error'));
    if (answer.startsWith('error')) refused++;
    if (!same && !stricter) failures.push(`${line}\n  ours   ${answer}\n  theirs ${theirs[index]}`);
  }
  assert.deepEqual(failures.slice(0, 3), [], `${failures.length} of ${cases.length} differ`);
  t.diagnostic(`${cases.length} cases, ${refused} refused`);
});
