/** docs/configuration.md from the tables of keys. Run it to write the page; with --check it only tells whether that is needed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTable } from '../../engine/metadata/config/definition-table.ts';
import {
  brokerTables,
  clientMetricsKeys,
  dynamicOnlyBrokerKeys,
  groupKeys,
  millraceKeys,
  topicKeys,
} from '../../engine/metadata/config/definitions.ts';
import { effectiveBrokerKeys, inertTopicKeys } from '../../engine/metadata/config/effect.ts';
import { groupSynonym, topicSynonyms } from '../../engine/metadata/config/synonyms.ts';
import { type ConfigKey, valueToString } from '../../engine/metadata/config/types.ts';
import { repositoryRoot } from '../source-files.ts';

export const configurationPage = join(repositoryRoot, 'docs/configuration.md');

export function renderConfiguration(): string {
  const broker = brokerTables.flatMap((part) => [
    `### ${part.title}`,
    '',
    ...brokerSection(readTable(part.table, () => false)),
  ]);
  return [
    ...introduction,
    '## Nodes',
    '',
    ...broker,
    ...own(),
    ...dynamicOnly(),
    ...topics(),
    ...groups(),
    ...metrics(),
  ].join('\n');
}

const introduction = [
  '<!-- Written by tools/generate/configuration.ts from engine/metadata/config/definitions. Do not edit. -->',
  '# Configuration',
  '',
  "Millrace reads Apache Kafka's keys: the same names, types, defaults and checks as Apache Kafka 4.3.",
  '',
  '- `npm start` without a file runs a single node on 127.0.0.1:9092 with its data in `./data`.',
  '- `npm start -- my.properties --override key=value` reads a file in the format of Java properties; overrides win.',
  '- A key that nobody knows is warned of. A key marked *no effect* is accepted, and named at start when it is set.',
  '- A key may be put under a listener: `listener.name.NAME.key`, with NAME in lower case.',
  '- *Changes*: `at start` is read only then; `node` may be changed for one node while it runs; `cluster` for one or for all.',
  '  Values of one node stand over values of all, and both over the file.',
  '',
];

function brokerSection(keys: readonly ConfigKey[]): string[] {
  const changes = { 'read-only': 'at start', 'per-broker': 'node', 'cluster-wide': 'cluster' };
  return keys.flatMap((key) => {
    const facts = [...common(key), `changes: ${changes[key.mode]}`];
    if (!effectiveBrokerKeys.has(key.name) && !millraceKeys.has(key.name)) facts.push('*no effect*');
    return entry(key, facts);
  });
}

function dynamicOnly(): string[] {
  const keys = [...dynamicOnlyBrokerKeys.values()];
  return ['### Only set dynamically', '', ...keys.flatMap((key) => entry(key, [...common(key), 'changes: cluster']))];
}

function own(): string[] {
  const keys = brokerSection([...millraceKeys.values()]);
  return ["### Millrace's own", '', 'Apache Kafka has none of these.', '', ...keys];
}

function topics(): string[] {
  const keys = [...topicKeys.values()].filter((key) => !key.internal);
  const section = keys.flatMap((key) => {
    const facts = common(key);
    const behind = topicSynonyms.get(key.name)?.map((one) => `\`${one.name}\``);
    if (behind !== undefined) facts.push(`default from: ${behind.join(', ')}`);
    if (inertTopicKeys.has(key.name)) facts.push('*no effect*');
    return entry(key, facts);
  });
  return ['## Topics', '', 'Changed at any time, for one topic.', '', ...section];
}

function groups(): string[] {
  const section = [...groupKeys.values()].flatMap((key) => {
    const behind = groupSynonym(key.name);
    return entry(key, behind === null ? common(key) : [...common(key), `default from: \`${behind}\``]);
  });
  return ['## Groups', '', 'Changed at any time, for one group.', '', ...section];
}

function metrics(): string[] {
  const section = [...clientMetricsKeys.values()].flatMap((key) => entry(key, common(key)));
  return ['## Client metrics', '', 'A subscription to the metrics of clients (KIP-714).', '', ...section];
}

function common(key: ConfigKey): string[] {
  const facts = [key.type.toLowerCase()];
  if (key.defaultValue === undefined) facts.push('must be set');
  else if (key.defaultValue !== null) facts.push(`default: ${shown(valueToString(key.defaultValue, key.type) ?? '')}`);
  if (key.valid !== '' && key.valid !== 'list') facts.push(key.valid);
  return facts;
}

function shown(value: string): string {
  return value === '' ? 'empty' : `\`${value}\``;
}

function entry(key: ConfigKey, facts: readonly string[]): string[] {
  return [`**\`${key.name}\`** (${facts.join('; ')})  `, `${key.documentation}`, ''];
}

if (import.meta.main) {
  const page = renderConfiguration();
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(configurationPage), { recursive: true });
    writeFileSync(configurationPage, page);
  } else if (readFileSync(configurationPage, 'utf8') !== page) {
    console.error('docs/configuration.md is not what the tables say: run `node tools/generate/configuration.ts`');
    process.exitCode = 1;
  }
}
