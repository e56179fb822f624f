import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSchema } from '../../tools/generate/output.ts';
import { codecOf, decodeAll, encodeToBytes, normal, toHex } from './generated-codec.ts';
import { goldenFile, goldenStyle, makeSample, withDefaults } from './message-samples.ts';

const golden = new Map<string, string>();
for (const line of readFileSync(goldenFile, 'utf8').trimEnd().split('\n')) {
  const [name, version, hex] = line.split(' ');
  golden.set(`${name} ${version}`, hex!);
}

test('the committed bytes of every message and version are read and written', async (t) => {
  let compared = 0;
  for (const message of readSchema().messages) {
    const codec = await codecOf(message);
    assert.equal(codec.lowestVersion, message.versions.lowest);
    assert.equal(codec.highestVersion, message.versions.highest);
    for (let version = message.versions.lowest; version <= message.versions.highest; version++) {
      const name = `${message.name} ${version}`;
      const hex = golden.get(name);
      assert.notEqual(hex, undefined, `${name} has no golden bytes`);
      const sample = makeSample(message, version, goldenStyle);
      const decoded = decodeAll(codec, Buffer.from(hex!, 'hex'), version);
      assert.deepEqual(normal(decoded), normal(withDefaults(message, sample)), name);
      assert.equal(toHex(encodeToBytes(codec, decoded, version)), hex, name);
      assert.equal(toHex(encodeToBytes(codec, sample, version)), hex, name);
      compared++;
    }
  }
  assert.equal(compared, golden.size, 'golden bytes of messages that are no more');
  t.diagnostic(`${compared} versions of messages`);
});
