import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runTarget } from './support/runner.ts';
import { logFilesTarget } from './targets/log-files.ts';

const cases = Number(process.env.MILLRACE_FUZZ_ROUNDS ?? 1500);

test('no bytes on disk make a log throw, hang or read beyond its files', async () => {
  const { failures, decoded } = await runTarget(logFilesTarget, { seed: 1, cases, mostFailures: 1 });
  assert.deepEqual(failures, []);
  assert.ok(decoded > cases / 2, `${decoded} of ${cases} could be opened`);
});
