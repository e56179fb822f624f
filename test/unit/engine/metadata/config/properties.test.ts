import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseBrokerConfig } from '../../../../../engine/metadata/config/broker-config.ts';
import {
  decodeProperties,
  PropertiesError,
  parseOverride,
  parseProperties,
  propertiesLimits,
} from '../../../../../engine/metadata/config/properties.ts';
import { askOracle } from '../../../../golden/config/apache-config.ts';
import { requireApacheKafka } from '../../../../support/apache-kafka.ts';
import fc from '../../../../support/fast-check.ts';

const parse = (text: string) => Object.fromEntries(parseProperties(text));

test('comments, separators, continuations and escapes', () => {
  assert.deepEqual(parse('# a=b\n! c=d\n\n a = b \n c:d\ne f\ng'), { a: 'b ', c: 'd', e: 'f', g: '' });
  assert.deepEqual(parse('a=1,\\\n   2,\\\r\n\t3\nb=x'), { a: '1,2,3', b: 'x' });
  assert.deepEqual(parse('a\\ b\\=c=\\u0041\\t\\q\\\\'), { 'a b=c': 'A\tq\\' });
  assert.deepEqual(parse('a=1\\'), { a: '1' });
  assert.deepEqual(parse('a=1\na=2'), { a: '2' });
});

test('a broken escape and a file out of bounds are refused', () => {
  assert.throws(() => parseProperties('a=\\u12'), PropertiesError);
  assert.throws(() => parseProperties('x'.repeat(propertiesLimits.characters + 1)), PropertiesError);
  const many = Array.from({ length: propertiesLimits.entries + 1 }, (_, i) => `k${i}=v`).join('\n');
  assert.throws(() => parseProperties(many), PropertiesError);
});

test('bytes are UTF-8 where they can be, ISO-8859-1 otherwise', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(decodeProperties(new TextEncoder().encode(text)), text.isWellFormed() ? text : text.toWellFormed());
    }),
  );
  assert.equal(decodeProperties(Uint8Array.of(0x61, 0xe9, 0x62)), 'aéb');
  for (const bad of [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc3], [0xe0, 0x80, 0x80]]) {
    assert.equal(decodeProperties(Uint8Array.from(bad)), String.fromCharCode(...bad));
  }
});

test('the same entries as java.util.Properties, for whatever text', async (t) => {
  if (!requireApacheKafka(t)) return;
  const piece = fc.constantFrom(
    ...'aB#!=: \t\f\n\r\\',
    '\\\n',
    '\\\r\n',
    '\\u0041',
    '\\u00',
    '\\t',
    '  ',
    '=',
    '\n#',
    'é',
  );
  const texts = fc.sample(
    fc.array(piece, { maxLength: 24 }).map((list) => list.join('')),
    1_500,
  );
  const escaped = texts.map((text) => `properties|${encode(text)}`);
  const answers = (await askOracle(`${escaped.join('\n')}\n`)).split('\n');
  assert.equal(answers.length, texts.length);
  for (const [index, text] of texts.entries()) {
    const answer: string | { readonly entries: readonly string[] } = JSON.parse(answers[index]);
    // A lone backslash at the very end makes an empty key there, or does not, depending on the kind of line end.
    const isDoubtful = /\\[\r\n]{0,2}$/.test(text);
    let theirs: unknown = answer;
    if (typeof answer !== 'string') {
      const pairs = answer.entries.flatMap((key, at) => (at % 2 === 0 ? [[key, answer.entries[at + 1]]] : []));
      theirs = pairs.filter(([key]) => key !== '' || !isDoubtful);
    }
    let ours: unknown;
    try {
      const pairs = [...parseProperties(text)].sort(([a], [b]) => (a < b ? -1 : 1));
      ours = pairs.filter(([key]) => key !== '' || !isDoubtful);
    } catch (error) {
      assert.ok(error instanceof PropertiesError);
      ours = error.message;
    }
    assert.deepEqual(ours, theirs, JSON.stringify(text));
  }
});

/** Line ends and blanks that a command line cannot carry, as the oracle takes them back. */
function encode(text: string): string {
  return [...text].map((one) => `${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

test('an override is a key and a value', () => {
  assert.deepEqual(parseOverride('log.dirs=/a=b'), ['log.dirs', '/a=b']);
  assert.throws(() => parseOverride('log.dirs'), PropertiesError);
  assert.throws(() => parseOverride('=x'), PropertiesError);
});

for (const name of ['server', 'broker', 'controller']) {
  test(`config/${name}.properties starts`, () => {
    const bytes = readFileSync(join(import.meta.dirname, `../../../../../config/${name}.properties`));
    const config = parseBrokerConfig(parseProperties(decodeProperties(bytes)));
    assert.deepEqual(config.unknownKeys, []);
    assert.equal(config.isBroker, name !== 'controller');
    assert.equal(config.isController, name !== 'broker');
  });
}
