import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { endWithUs } from '../../../bench/children.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

test('many processes are one exit listener, and none when they have ended', async () => {
  const before = process.listenerCount('exit');
  const children = Array.from({ length: 20 }, () => spawn('sleep', ['60']));
  for (const child of children) endWithUs(child);
  assert.equal(process.listenerCount('exit'), before + 1);
  const ended = children.map((child) => once(child, 'close'));
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(ended);
  assert.equal(process.listenerCount('exit'), before);
});

test('SIGTERM ends the processes too, and removes what they kept', async () => {
  const directory = join(makeTempDir('millrace-children-'), 'kept');
  const source = `
    import { spawn } from 'node:child_process';
    import { mkdirSync } from 'node:fs';
    import { endWithUs, exitOnSignals } from ${JSON.stringify(resolve(import.meta.dirname, '../../../bench/children.ts'))};
    exitOnSignals();
    mkdirSync(${JSON.stringify(directory)});
    const child = spawn('sleep', ['60']);
    endWithUs(child, ${JSON.stringify(directory)});
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const harness = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(harness.stdout, 'data')) as [Buffer];
  const pid = Number(chunk.toString());
  assert.ok(existsSync(directory));
  harness.kill('SIGTERM');
  const [code] = await once(harness, 'close');
  assert.equal(code, 143);
  assert.equal(existsSync(directory), false);
  await gone(pid);
});

/** Waits until there is no such process; the test's own time limit ends this if it stays. */
async function gone(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await new Promise((done) => setTimeout(done, 10));
}
