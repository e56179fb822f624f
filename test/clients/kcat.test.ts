/** kcat, which is librdkafka, against a node of ours. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { requireKcat, runKcat } from '../support/kcat.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { tempDirFor } from '../support/temp-dir.ts';

async function startForKcat(t: TestContext): Promise<Millrace | null> {
  return requireKcat(t) ? startMillrace({ properties: { 'num.partitions': '3' } }, t) : null;
}

async function kcat(node: Millrace, args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await runKcat(['-b', node.bootstrap, ...args], { input });
  assert.equal(code, 0, `kcat ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** All of a topic, or of one partition, in the form that is given. */
function consume(node: Millrace, topic: string, format: string, ...args: string[]): Promise<string> {
  return kcat(node, ['-C', '-q', '-t', topic, '-o', 'beginning', '-e', '-f', format, ...args]);
}

const lines = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

test('kcat produces with every codec and consumes by partition', async (t) => {
  const node = await startForKcat(t);
  if (node === null) return;
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    const sent = lines(2000, `${codec}-`);
    for (const partition of ['0', '2']) {
      const args = ['-P', '-t', codec, '-p', partition, '-X', `compression.codec=${codec}`, '-X', 'check.crcs=true'];
      await kcat(node, args, `${sent.join('\n')}\n`);
      const got = await consume(node, codec, '%o %s\n', '-p', partition, '-X', 'check.crcs=true');
      assert.equal(got, sent.map((value, offset) => `${offset} ${value}\n`).join(''));
    }
    assert.equal(await consume(node, codec, '%s\n', '-p', '1'), '');
  }
});

test('kcat produces with every acknowledgement, one record a request and many', async (t) => {
  const node = await startForKcat(t);
  if (node === null) return;
  for (const acks of ['0', '1', 'all']) {
    for (const size of ['1', '10000']) {
      const topic = `acks-${acks}-${size}`;
      const args = ['-P', '-t', topic, '-p', '1', '-X', `acks=${acks}`, '-X', `batch.num.messages=${size}`];
      await kcat(node, args, `${lines(500, '').join('\n')}\n`);
      assert.equal(await consume(node, topic, '%s ', '-p', '1'), `${lines(500, '').join(' ')} `, topic);
    }
  }
});

test('kcat produces idempotently', async (t) => {
  const node = await startForKcat(t);
  if (node === null) return;
  const args = ['-P', '-t', 'once', '-p', '0', '-X', 'enable.idempotence=true', '-X', 'batch.num.messages=7'];
  await kcat(node, args, `${lines(3000, 'm').join('\n')}\n`);
  assert.equal(
    await consume(node, 'once', '%o %s\n', '-p', '0'),
    lines(3000, 'm')
      .map((value, offset) => `${offset} ${value}\n`)
      .join(''),
  );
});

test('kcat sends keys, nulls and headers', async (t) => {
  const node = await startForKcat(t);
  if (node === null) return;
  await kcat(node, ['-P', '-t', 'keyed', '-K', '=', '-H', 'a=1', '-H', 'b=two'], 'k1=v1\nk2=v2\nk1=v3\n');
  const got = (await consume(node, 'keyed', '%k %s %h\n')).trimEnd().split('\n').sort();
  assert.deepEqual(got, ['k1 v1 a=1,b=two', 'k1 v3 a=1,b=two', 'k2 v2 a=1,b=two']);
  await kcat(node, ['-P', '-t', 'nulls', '-Z', '-K', '=', '-p', '0'], 'gone=\n');
  assert.equal(await consume(node, 'nulls', '%k %S', '-p', '0'), 'gone -1');
  const file = join(tempDirFor(t), 'message');
  const large = 'x'.repeat(900_000);
  writeFileSync(file, large);
  await kcat(node, ['-P', '-t', 'large', '-p', '0', file]);
  assert.equal(await consume(node, 'large', '%s', '-p', '0'), large);
});

test('kcat sends messages of many megabytes', async (t) => {
  if (!requireKcat(t)) return;
  const node = await startMillrace({ properties: { 'message.max.bytes': '40000000', 'num.partitions': '2' } }, t);
  const file = join(tempDirFor(t), 'message');
  const limits = ['-X', 'message.max.bytes=50000000', '-X', 'receive.message.max.bytes=200000000'];
  for (const [index, megabytes] of [1, 2, 3].entries()) {
    const text = 'x'.repeat(megabytes << 20);
    writeFileSync(file, text);
    await kcat(node, ['-P', '-t', 'huge', '-p', '0', ...limits, file]);
    const got = await kcat(node, ['-C', '-q', '-t', 'huge', '-p', '0', '-o', String(index), '-c', '1', ...limits]);
    assert.ok(got === `${text}\n`, `${megabytes} MB`);
  }
  // Larger than a chunk of memory between threads: one of the partitions is owned elsewhere, whoever serves the client.
  for (const partition of ['0', '1']) {
    const text = 'y'.repeat(5 << 20);
    writeFileSync(file, text);
    await kcat(node, ['-P', '-t', 'huge', '-p', partition, ...limits, file]);
    const got = await kcat(node, ['-C', '-q', '-t', 'huge', '-p', partition, '-o', '-1', '-c', '1', ...limits]);
    assert.ok(got === `${text}\n`, `partition ${partition}`);
  }
  await node.stop();
});

test('kcat lists metadata and looks offsets up', async (t) => {
  const node = await startForKcat(t);
  if (node === null) return;
  const before = Date.now() - 60_000;
  await kcat(node, ['-P', '-t', 'listed', '-p', '1'], 'a\nb\nc\n');
  const all = await kcat(node, ['-L']);
  assert.match(all, new RegExp(`1 brokers:\n +broker 1 at ${node.bootstrap} \\(controller\\)`));
  assert.match(all, /topic "listed" with 3 partitions:/);
  const one = JSON.parse(await kcat(node, ['-L', '-J', '-t', 'listed']));
  assert.deepEqual(
    one.topics[0].partitions.map(({ partition, leader }: { partition: number; leader: number }) => [partition, leader]),
    [0, 1, 2].map((partition) => [partition, 1]),
  );
  assert.match(await kcat(node, ['-Q', '-t', 'listed:1:-1']), /listed \[1\] offset 3/);
  assert.match(await kcat(node, ['-Q', '-t', 'listed:1:-2']), /listed \[1\] offset 0/);
  assert.match(await kcat(node, ['-Q', '-t', `listed:1:${before}`]), /listed \[1\] offset 0/);
  assert.match(await kcat(node, ['-Q', '-t', `listed:1:${before + 3_600_000}`]), /listed \[1\] offset -1/);
  assert.equal(await kcat(node, ['-C', '-q', '-t', 'listed', '-p', '1', '-o', '-2', '-e', '-f', '%s']), 'bc');
  assert.equal(await kcat(node, ['-C', '-q', '-t', 'listed', '-p', '1', '-o', '1', '-c', '1', '-f', '%s']), 'b');
});

test('kcat is refused transactions, and the node goes on', async (t) => {
  const node = await startForKcat(t);
  if (node === null) return;
  const args = ['-b', node.bootstrap, '-P', '-t', 'tx', '-X', 'transactional.id=t', '-m', '3'];
  const { code, stderr } = await runKcat(args, { input: 'a\n' });
  assert.notEqual(code, 0);
  assert.match(stderr, /transaction/i);
  await kcat(node, ['-P', '-t', 'after', '-p', '0'], 'a\n');
  assert.equal(await consume(node, 'after', '%s', '-p', '0'), 'a');
  await node.stop();
});
