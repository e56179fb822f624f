import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { createLogger } from '../../../../engine/io/logger.ts';
import { tempDirFor } from '../../../support/temp-dir.ts';

it('writes each line at once, with thread and level, without what is to be hidden', (t) => {
  const path = join(tempDirFor(t), 'out');
  const fd = openSync(path, 'w');
  t.after(() => closeSync(fd));
  const logger = createLogger({ thread: 'shard-1', level: 'info', redact: ['config.password'], fd });
  logger.debug({}, 'not written');
  logger.warn({ config: { name: 'x', password: 'secret' } }, 'a sentence');
  const text = readFileSync(path, 'utf8');
  assert.ok(text.endsWith('\n') && !text.includes('secret'));
  const { time, ...line } = JSON.parse(text) as Record<string, unknown>;
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(line, {
    level: 'warn',
    thread: 'shard-1',
    config: { name: 'x', password: '[hidden]' },
    msg: 'a sentence',
  });
});
