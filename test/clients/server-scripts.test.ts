/** bin/kafka-server-start.sh and bin/kafka-server-stop.sh, with nodes whose ids no other test has. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isRunning, killDaemonAfter, pidOf } from '../support/daemon.ts';
import { freePorts } from '../support/free-port.ts';
import { plainProperties, propertiesText } from '../support/millrace.ts';
import { dieWithUs, runCommand } from '../support/run-command.ts';
import { runScript } from '../support/run-script.ts';
import { tempDirFor } from '../support/temp-dir.ts';
import { until } from '../support/until.ts';

const bin = join(import.meta.dirname, '../../bin');

/** Written into a directory of its own; a daemon on it is killed when the test is over, should it be left. */
async function writeNode(t: TestContext, nodeId: number): Promise<{ home: string; file: string }> {
  const home = tempDirFor(t);
  const [port, controllerPort] = await freePorts(2);
  const file = join(home, 'server.properties');
  const properties = { ...plainProperties(port, controllerPort, join(home, 'data')), 'node.id': String(nodeId) };
  writeFileSync(file, propertiesText(properties));
  killDaemonAfter(t, home, nodeId);
  return { home, file };
}

test('a daemon is started from anywhere, leaves a log and its pid, and is stopped by its id', async (t) => {
  const nodeId = 71_801;
  const { home, file } = await writeNode(t, nodeId);
  symlinkSync(join(bin, 'kafka-server-start.sh'), join(home, 'start'));
  const env = { LOG_DIR: join(home, 'logs') };
  const started = await runCommand(join(home, 'start'), ['-daemon', 'server.properties'], { cwd: home, env });
  assert.equal(started.code, 0, started.stderr);
  assert.equal(started.stdout, '');
  const pid = pidOf(home, nodeId)!;
  const log = join(home, 'logs/kafkaServer.out');
  await until(() => readFileSync(log, 'utf8').includes('"serving on '), 'it serves');
  const nobody = await runScript('kafka-server-stop.sh', ['--node-id', '71899']);
  assert.equal(nobody.code, 1);
  assert.equal(nobody.stderr, 'No kafka server to stop\n');
  assert.ok(isRunning(pid));
  const stopped = await runScript('kafka-server-stop.sh', ['--node-id', String(nodeId)]);
  assert.equal(stopped.code, 0, stopped.stderr);
  await until(() => !isRunning(pid), 'it stops');
  assert.match(readFileSync(log, 'utf8'), /"stopped"/);
  assert.ok(file.startsWith(home));
});

test('a daemon that cannot start says why, and nothing is left running', async (t) => {
  const { home, file } = await writeNode(t, 71_802);
  const env = { LOG_DIR: join(home, 'logs') };
  const args = ['-daemon', file, '--override', 'authorizer.class.name=some.Authorizer'];
  const started = await runScript('kafka-server-start.sh', args, { env });
  assert.equal(started.code, 1);
  assert.match(started.stderr, /authorizer\.class\.name is set/);
  const bad = await runScript('kafka-server-start.sh', ['-daemon', file, '--override', 'node.id=x'], { env });
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /Invalid value x .* Not a number/);
  assert.equal(pidOf(home, 71_802), null);
});

test('in the foreground the node is the script itself: signals reach it, overrides count', async (t) => {
  const nodeId = 71_803;
  const { home, file } = await writeNode(t, 1);
  const args = [file, '--override', `node.id=${nodeId}`];
  const child: ChildProcess = spawn(join(bin, 'kafka-server-start.sh'), args, { cwd: home, stdio: 'pipe' });
  dieWithUs(child);
  let output = '';
  child.stdout!.on('data', (chunk) => {
    output += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await until(() => output.includes('"serving on '), 'it serves');
  assert.ok(output.includes(`"nodeId":${nodeId}`));
  const stopped = await runScript('kafka-server-stop.sh', ['--node-id', String(nodeId), '--process-role', 'broker']);
  assert.equal(stopped.code, 0, stopped.stderr);
  assert.equal(await ended, 0);
});

test('without a file the start says how it is used', async () => {
  for (const args of [[], ['-daemon']]) {
    const ran = await runScript('kafka-server-start.sh', args);
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, /USAGE: .*kafka-server-start\.sh \[-daemon\] server\.properties \[--override/);
  }
  const stop = await runScript('kafka-server-stop.sh', ['--process-role', 'none']);
  assert.equal(stop.code, 1);
  assert.match(stop.stderr, /no such role: none/);
});
