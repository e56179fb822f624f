import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSchema } from '../../tools/generate/output.ts';
import type { Message } from '../../tools/generate/schema.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { askApache } from './apache-codecs.ts';
import { codecOf, decodeAll, encodeToBytes, normal, toHex } from './generated-codec.ts';
import {
  goldenFile,
  goldenStyle,
  makeSample,
  type Sample,
  type SampleStyle,
  sampleStyles,
  sampleToJson,
  withDefaults,
} from './message-samples.ts';

interface Case {
  readonly message: Message;
  readonly version: number;
  readonly style: SampleStyle;
  readonly sample: Sample;
}

function allCases(): Case[] {
  const cases: Case[] = [];
  for (const message of readSchema().messages) {
    for (let version = message.versions.lowest; version <= message.versions.highest; version++) {
      for (const style of sampleStyles)
        cases.push({ message, version, style, sample: makeSample(message, version, style) });
    }
  }
  return cases;
}

function serialiseByApache(cases: readonly Case[]): Promise<string[]> {
  return askApache(
    cases.map(
      ({ message, version, sample }) =>
        `{"name":"${message.name}","version":${version},"json":${sampleToJson(message, sample)}}`,
    ),
  );
}

test('every message, in every version, has the bytes that Apache Kafka gives it', async (t) => {
  if (!requireApacheKafka(t)) return;
  const cases = allCases();
  const answers = await serialiseByApache(cases);
  assert.equal(answers.length, cases.length);
  checkGoldenFile(cases, answers);
  const failures: string[] = [];
  for (const [index, { message, version, style, sample }] of cases.entries()) {
    const codec = await codecOf(message);
    try {
      assertSameHex(toHex(encodeToBytes(codec, sample, version)), answers[index]!, 'encoded');
      const decoded = decodeAll(codec, Buffer.from(answers[index]!, 'hex'), version);
      assert.deepEqual(normal(decoded), normal(withDefaults(message, sample)), 'decoded');
      assertSameHex(toHex(encodeToBytes(codec, decoded, version)), answers[index]!, 'encoded again');
    } catch (error) {
      failures.push(`${message.name} ${version} ${style}: ${(error as Error).message.slice(0, 400)}`);
    }
  }
  assert.deepEqual(failures.slice(0, 15), [], `${failures.length} of ${cases.length} differ`);
  t.diagnostic(`${cases.length} samples of ${new Set(cases.map((one) => one.message.name)).size} messages`);
});

/** The committed bytes, which need no Java, are Apache Kafka's answers for one style. */
function checkGoldenFile(cases: readonly Case[], answers: readonly string[]): void {
  const text = cases
    .map(({ message, version, style }, index) =>
      style === goldenStyle ? `${message.name} ${version} ${answers[index]}\n` : '',
    )
    .join('');
  if (process.env.MILLRACE_WRITE_GOLDEN === '1') writeFileSync(goldenFile, text);
  else assert.equal(readFileSync(goldenFile, 'utf8'), text, 'write the file again with MILLRACE_WRITE_GOLDEN=1');
}

/** Says where the first difference is: some samples are too long to be printed. */
function assertSameHex(ours: string, theirs: string, what: string): void {
  if (ours === theirs) return;
  if (theirs.startsWith('error')) assert.fail(`${what}: Apache Kafka answers ${theirs}`);
  let at = 0;
  while (ours[at] === theirs[at]) at++;
  const from = Math.max(0, at - 24);
  assert.fail(
    `${what}: at byte ${at >> 1} of ${theirs.length >> 1}: ours …${ours.slice(from, at + 40)}, theirs …${theirs.slice(from, at + 40)}`,
  );
}
