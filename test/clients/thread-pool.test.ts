import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startMillrace } from '../support/millrace.ts';
import { skipForWant } from '../support/skip.ts';
import { tempDirFor } from '../support/temp-dir.ts';

test("libuv's pool has threads for every log directory of every thread", async (t) => {
  if (!existsSync('/proc/self/task') && !skipForWant(t, 'a system with /proc')) return;
  const directory = tempDirFor(t);
  const logDirs = [join(directory, 'one'), join(directory, 'two')].join(',');
  const shards = 2;
  const node = await startMillrace({ properties: { 'log.dirs': logDirs, 'num.io.threads': String(shards) } }, t);
  const names = readdirSync(`/proc/${node.pid}/task`).map((task) =>
    readFileSync(`/proc/${node.pid}/task/${task}/comm`, 'utf8').trim(),
  );
  const poolThreads = names.filter((name) => name === 'libuv-worker').length;
  // And one for each cleaning at a time, log.cleaner.threads.
  assert.equal(poolThreads, 4 + 2 * 2 * (shards + 1) + 1);
});
