import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { freePorts, freeRange } from '../../../support/free-port.ts';
import { dieWithUs } from '../../../support/run-command.ts';

const support = join(import.meta.dirname, '../../../support/free-port.ts');

/** The ports that another process has while it runs; it runs until the test is over. */
async function portsOfAnother(t: TestContext): Promise<number[]> {
  const program = `import { freePorts } from ${JSON.stringify(support)};
    console.log(JSON.stringify([...await freePorts(100), ...await freePorts(100)]));
    process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  dieWithUs(child);
  t.after(() => child.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: child.stdout! }), 'line');
  return JSON.parse(line);
}

test('processes that run at once never have a port in common, and no port comes twice', async (t) => {
  const [one, other, first, ...more] = await Promise.all([
    portsOfAnother(t),
    portsOfAnother(t),
    freeRange(110),
    freePorts(2),
    freePorts(2),
  ]);
  const all = [...one, ...other, ...Array.from({ length: 110 }, (_, index) => first + index), ...more.flat()];
  assert.equal(new Set(all).size, 514);
  await assert.rejects(freeRange(1000), /at most \d+ neighbouring ports/);
});
