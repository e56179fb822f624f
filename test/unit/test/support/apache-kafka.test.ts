import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApacheKafka } from '../../../support/apache-broker.ts';
import { requireApacheKafka, runTool } from '../../../support/apache-kafka.ts';
import { requireKcat, runKcat } from '../../../support/kcat.ts';
import { runCommand } from '../../../support/run-command.ts';

test('a tool of Apache Kafka runs', async (t) => {
  if (!requireApacheKafka(t)) return;
  const made = await runTool('kafka.tools.StorageTool', ['random-uuid']);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /^[\w-]{22}\n$/);
});

test('a node of Apache Kafka starts, serves kcat and stops', async (t) => {
  if (!requireApacheKafka(t) || !requireKcat(t)) return;
  const kafka = await startApacheKafka();
  t.after(() => kafka.kill());
  const produced = await runKcat(['-P', '-b', kafka.bootstrap, '-t', 'a', '-p', '0'], { input: 'one\ntwo\n' });
  assert.equal(produced.code, 0, produced.stderr);
  const consumed = await runKcat(['-C', '-b', kafka.bootstrap, '-t', 'a', '-e', '-q', '-f', '%o %s\n']);
  assert.equal(consumed.stdout, '0 one\n1 two\n');
  await kafka.stop();
});

test('a command that runs out of time is killed and says so', async () => {
  await assert.rejects(runCommand('sleep', ['30'], { timeoutMs: 50 }), /killed after 50 ms/);
});
