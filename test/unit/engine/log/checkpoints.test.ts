import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatCleanShutdown,
  formatOffsetCheckpoint,
  type PartitionOffset,
  parseCleanShutdown,
  parseOffsetCheckpoint,
} from '../../../../engine/log/checkpoints.ts';
import {
  deletedDirectoryName,
  offsetFileName,
  parseDirectoryName,
  parseOffsetFileName,
} from '../../../../engine/log/file-names.ts';
import { formatPartitionMetadata, parsePartitionMetadata } from '../../../../engine/log/partition-metadata.ts';
import { encodeText, parseInteger } from '../../../../engine/log/text-lines.ts';

function parsed(bytes: Uint8Array): PartitionOffset[] | null {
  const entries: PartitionOffset[] = [];
  const isGood = parseOffsetCheckpoint(bytes, (topic, partition, offset) => entries.push({ topic, partition, offset }));
  return isGood ? entries : null;
}

test('minus zero is 0', () => {
  assert.ok(Object.is(parseInteger('-0', 0, 9), 0));
  assert.deepEqual(parsed(encodeText('0\n1\na 0 -0\n')), [{ topic: 'a', partition: 0, offset: 0 }]);
});

test('an offset checkpoint is read back, and anything else is refused', () => {
  const entries = [
    { topic: 'a', partition: 0, offset: 12 },
    { topic: 'b.c-d_e', partition: 2147483647, offset: Number.MAX_SAFE_INTEGER },
  ];
  assert.deepEqual(parsed(formatOffsetCheckpoint(entries)), entries);
  assert.deepEqual(parsed(formatOffsetCheckpoint([])), []);
  const bad = [
    '',
    '1\n0\n',
    '0\n',
    '0\nx\n',
    '0\n1\n',
    '0\n0\na 0 1\n',
    '0\n1\na 0\n',
    '0\n1\na -1 1\n',
    '0\n1\na 0 9007199254740993\n',
  ];
  for (const text of bad) assert.equal(parsed(encodeText(text)), null, JSON.stringify(text));
  assert.equal(parsed(encodeText(`0\n1\n${'x'.repeat(600)} 0 1\n`)), null);
});

test('the clean-shutdown marker carries the broker epoch', () => {
  assert.equal(parseCleanShutdown(formatCleanShutdown(42)), 42);
  assert.equal(parseCleanShutdown(new Uint8Array(0)), -1);
  assert.equal(parseCleanShutdown(Uint8Array.of(0xff, 0)), -1);
});

test('partition.metadata names the topic by its id', () => {
  const metadata = { version: 0, topicId: 'mJ0wfgvBSt2cEv-a1_9kGw' } as const;
  assert.deepEqual(parsePartitionMetadata(formatPartitionMetadata(metadata)), metadata);
  for (const bad of ['', 'version: 1\ntopic_id: mJ0wfgvBSt2cEv-a1_9kGw', 'version: 0\ntopic_id: short', 'version: 0']) {
    assert.equal(parsePartitionMetadata(encodeText(bad)), null);
  }
});

test('names of files and directories', () => {
  assert.equal(offsetFileName(1234, '.log'), '00000000000000001234.log');
  assert.deepEqual(parseOffsetFileName('00000000000000001234.index.deleted'), {
    offset: 1234,
    suffix: '.index.deleted',
  });
  for (const name of [
    '',
    '1234.log',
    '0000000000000000123x.log',
    '99999999999999999999.log',
    'leader-epoch-checkpoint',
  ]) {
    assert.equal(parseOffsetFileName(name), null);
  }
  const hex = '0123456789abcdef0123456789abcdef';
  const deleted = deletedDirectoryName('a-b.c', 3, hex);
  assert.equal(deleted, `a-b.c-3.${hex}-delete`);
  assert.deepEqual(parseDirectoryName(deleted), { kind: 'deleted', topic: 'a-b.c', partition: 3 });
  assert.deepEqual(parseDirectoryName('a-b.c-3'), { kind: 'partition', topic: 'a-b.c', partition: 3 });
  for (const name of ['a', 'a-', '-1', 'a-x', 'a-99999999999'])
    assert.equal(parseDirectoryName(name).kind, 'other', name);
  assert.ok(deletedDirectoryName('t'.repeat(249), 2147483647, hex).length <= 255);
});
