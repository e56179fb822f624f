import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  connectionCeiling,
  descriptorBudget,
  openFileLimit,
  parseOpenFileLimit,
  threadPoolSize,
} from '../../../../engine/io/open-files.ts';

it('reads the limit of open files', () => {
  const limits = 'Limit                     Soft Limit           Hard Limit           Units\n';
  assert.equal(
    parseOpenFileLimit(`${limits}Max open files            20000                40000      files\n`),
    20_000,
  );
  assert.equal(parseOpenFileLimit('Max open files  unlimited unlimited files'), Number.MAX_SAFE_INTEGER);
  assert.equal(parseOpenFileLimit(limits), null);
  assert.ok(openFileLimit() >= 64);
});

it('divides what connections and the reserve leave over the threads', () => {
  assert.equal(descriptorBudget(20_000, 1000, 4), Math.floor((20_000 - 1000 - 512) / 4));
  assert.equal(descriptorBudget(20_000, 2 ** 31 - 1, 4), Math.floor((20_000 - 9744 - 512) / 4));
  assert.equal(descriptorBudget(560, 500, 4), 8, 'never none');
});

it('keeps half of what there is for files, however many connections are allowed', () => {
  assert.equal(connectionCeiling(20_000), 9744);
  assert.equal(connectionCeiling(1024), 256);
  assert.equal(connectionCeiling(100), 8);
});

it('sizes the pool by the disks', () => {
  assert.equal(threadPoolSize(2 * 4 + 1, 2), 22);
  assert.equal(threadPoolSize(100_000, 2), 1024, 'what libuv takes at most');
});
