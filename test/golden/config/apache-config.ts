/** Asks Apache Kafka the questions in commands-offline.txt and commands-live.txt. Run it to renew the golden files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApacheKafka } from '../../support/apache-broker.ts';
import { runTool } from '../../support/apache-kafka.ts';

/** What the node's file says besides the plain single node's keys: chains of synonyms, a secret, an unknown key. */
export const liveProperties: Readonly<Record<string, string>> = {
  'log.retention.minutes': '60',
  'log.roll.hours': '10',
  'log.flush.scheduler.interval.ms': '5000',
  'ssl.keystore.password': 'not-shown',
  'unheard.of': 'x',
  'compression.type': 'lz4',
};

/** Keys whose values differ from start to start. */
export const nodeSpecificKeys = [
  'advertised.listeners',
  'listeners',
  'controller.quorum.bootstrap.servers',
  'log.dirs',
];

const here = import.meta.dirname;

export const goldenFiles = { offline: join(here, 'offline.jsonl'), live: join(here, 'live.jsonl') };

export function readGolden(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Its answers, a line of JSON each; other lines are what Apache Kafka says on the side. */
export async function askOracle(commands: string, bootstrap?: string): Promise<string> {
  const args = bootstrap === undefined ? [] : [bootstrap];
  const done = await runTool(join(here, 'ConfigOracle.java'), args, { input: commands });
  if (done.code !== 0) throw new Error(`the oracle failed: ${done.stdout.slice(-2000)}${done.stderr.slice(-4000)}`);
  return done.stdout
    .split('\n')
    .filter((line) => /^[{"]|^\["/.test(line))
    .join('\n');
}

export async function askOffline(): Promise<string> {
  return askOracle(readFileSync(join(here, 'commands-offline.txt'), 'utf8'));
}

export async function askLive(): Promise<string> {
  const node = await startApacheKafka({ properties: liveProperties });
  try {
    return await askOracle(readFileSync(join(here, 'commands-live.txt'), 'utf8'), node.bootstrap);
  } finally {
    await node.stop();
  }
}

if (import.meta.main) {
  writeFileSync(goldenFiles.offline, `${await askOffline()}\n`);
  writeFileSync(goldenFiles.live, `${await askLive()}\n`);
}
