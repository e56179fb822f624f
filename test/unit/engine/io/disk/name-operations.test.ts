import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeDirectory } from '../../../../../engine/io/disk/name-operations.ts';
import { tempDirFor } from '../../../../support/temp-dir.ts';

test('the name of a directory is made durable, new or not: whoever made it may have been killed', async (t) => {
  const home = tempDirFor(t);
  const opened = t.mock.method(fs, 'open');
  const synced = (): unknown[] => opened.mock.calls.map((call) => call.arguments[0]);
  await makeDirectory(join(home, 'a', 'b'));
  assert.deepEqual(synced(), [join(home, 'a'), home]);
  opened.mock.resetCalls();
  mkdirSync(join(home, 'c'));
  await makeDirectory(join(home, 'c'));
  assert.deepEqual(synced(), [home]);
});
