import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { requireApacheKafka } from '../../support/apache-kafka.ts';
import { askLive, askOffline, goldenFiles, nodeSpecificKeys } from './apache-config.ts';

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

test('the golden file of definitions and start-up checks is what Apache Kafka says', async (t) => {
  if (!requireApacheKafka(t)) return;
  assert.deepEqual(lines(await askOffline()), lines(readFileSync(goldenFiles.offline, 'utf8')));
});

test('the golden file of DescribeConfigs and AlterConfigs is what a node of Apache Kafka says', async (t) => {
  if (!requireApacheKafka(t)) return;
  const same = (text: string) =>
    lines(text).filter((line) => !nodeSpecificKeys.some((key) => line.includes(`"name":"${key}"`)));
  assert.deepEqual(same(await askLive()), same(readFileSync(goldenFiles.live, 'utf8')));
});
