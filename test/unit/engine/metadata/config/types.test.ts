import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokerKeys, groupKeys, topicKeys } from '../../../../../engine/metadata/config/definitions.ts';
import { ConfigError, type ConfigKey, parseType, valueToString } from '../../../../../engine/metadata/config/types.ts';
import { askOracle } from '../../../../golden/config/apache-config.ts';
import { requireApacheKafka } from '../../../../support/apache-kafka.ts';
import fc from '../../../../support/fast-check.ts';

/** What a definition says of a text, in the oracle's form. */
function outcome(key: ConfigKey, text: string): string {
  try {
    const value = parseType(key.name, text, key.type);
    return key.validator?.(key.name, value) ?? `OK ${valueToString(value, key.type)}`;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const numbers = ['0', '-1', '1', '+7', ' 12 ', '-2', '100', '32768', '2147483648', '9223372036854775807'];
const odd = ['', ' ', 'x', '1.5', '0x10', '1e3', '.5', '1d', 'NaN', '-Infinity', '9223372036854775808', '00', '-0'];
const words = ['TRUE', 'false ', 'producer', 'gzip', 'compact', 'delete,compact', 'a,a', 'a,,b', ' , ', 'required'];
const more = [
  'CreateTime',
  'earliest',
  'by_duration:PT1H',
  'by_duration:P1DT2H3M4.5S',
  'by_duration:PT-1S',
  'read_committed',
];
const pairs = [
  '1@h:9',
  'h:9',
  '[::1]:9',
  '1@[::1]:9',
  '1@h',
  'x@h:1',
  '*',
  '0:1',
  '0:1,1:2',
  'Upgrade',
  'es256',
  'SSL',
];

test('every key takes and refuses the same texts, with the same words, as its definition in Apache Kafka', async (t) => {
  if (!requireApacheKafka(t)) return;
  const texts = [...numbers, ...odd, ...words, ...more, ...pairs];
  const cases: { readonly set: string; readonly key: ConfigKey; readonly text: string }[] = [];
  for (const [set, keys] of Object.entries({ broker: brokerKeys, topic: topicKeys, group: groupKeys })) {
    // A class must be found there; here any name is taken and listed as without effect.
    for (const key of [...keys.values()].filter((one) => one.type !== 'CLASS')) {
      for (const text of texts) cases.push({ set, key, text });
    }
  }
  const commands = cases.map((one) => `parse|${one.set}|${one.key.name}|${one.text}\n`).join('');
  const answers = (await askOracle(commands)).split('\n');
  assert.equal(answers.length, cases.length);
  for (const [index, one] of cases.entries()) {
    assert.equal(outcome(one.key, one.text), JSON.parse(answers[index])[1], `${one.key.name} <${one.text}>`);
  }
});

test('doubles are written as Java writes them', async (t) => {
  if (!requireApacheKafka(t)) return;
  const values = fc.sample(fc.double({ noNaN: true }), 400).filter((value) => value !== 0);
  const name = 'log.cleaner.io.max.bytes.per.second';
  const commands = values.map((value) => `parse|broker|${name}|${value}\n`).join('');
  const answers = (await askOracle(commands)).split('\n');
  for (const [index, value] of values.entries()) {
    const theirs = JSON.parse(answers[index])[1].replace('OK ', '');
    // Some older Java writes a digit more than is needed: the number must be the same, and so must the form.
    assert.equal(Number(theirs), value);
    const ours = valueToString(value, 'DOUBLE') ?? '';
    assert.equal(ours.replace(/[0-9]+/g, '9'), theirs.replace(/[0-9]+/g, '9'), `${value}`);
  }
});
