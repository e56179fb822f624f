/** Disks that fail under a running node: one directory goes, with one line, and what was acknowledged is there when it is back. */
import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { DiskErrorCode } from '../../engine/base/disk.ts';
import { errorCode } from '../../engine/protocol/errors.ts';
import { setFault } from '../support/fault-files.ts';
import { findProgram } from '../support/find-program.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { runCommand } from '../support/run-command.ts';
import { skipForWant } from '../support/skip.ts';
import { makeReadOnly, mountSmall, resize, unmount } from '../support/small-file-system.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';
import { ClosedByBroker } from '../support/wire-client.ts';

const faultyNode = join(import.meta.dirname, '../support/faulty-disk-node.ts');
/** The checkpoint files are what a node writes by itself: often, for these tests. */
const quick = { 'log.flush.offset.checkpoint.interval.ms': '200' };

/** A node with the metadata log apart and two data directories, and a topic with two partitions in each. */
class Setting {
  readonly node: Millrace;
  readonly broken: string;
  readonly metadata: string;
  client!: StorageClient;
  inBroken: readonly number[] = [];
  inSound: readonly number[] = [];
  readonly acknowledged = [0, 0, 0, 0];

  private constructor(node: Millrace, metadata: string, broken: string) {
    this.node = node;
    this.metadata = metadata;
    this.broken = broken;
  }

  static async start(t: TestContext, home: string, program?: string): Promise<Setting> {
    const [metadata, broken, sound] = ['metadata', 'broken', 'sound'].map((name) => join(home, name));
    const properties = { 'log.dirs': `${broken},${sound}`, 'metadata.log.dir': metadata!, ...quick };
    const node = await startMillrace({ properties, ...(program === undefined ? {} : { program }) }, t);
    const setting = new Setting(node, metadata!, broken!);
    setting.client = await StorageClient.connect(node.port, t);
    assert.equal(await setting.client.createTopic('t', 4), 0);
    for (let partition = 0; partition < 4; partition++) assert.equal(await setting.produce(partition), 0);
    setting.inBroken = partitionsIn(broken!);
    setting.inSound = partitionsIn(sound!);
    assert.deepEqual([setting.inBroken.length, setting.inSound.length], [2, 2]);
    return setting;
  }

  async produce(partition: number): Promise<number> {
    const { errorCode: code } = await this.client.produce('t', partition, { count: 3, valueBytes: 1000 });
    if (code === 0) this.acknowledged[partition]! += 3;
    return code;
  }

  /** Produces until the directory is given up; the others go on meanwhile. */
  async untilOffline(): Promise<void> {
    await eventually(async () => (await this.produce(this.inBroken[0]!)) !== 0, 'the directory is offline');
    await this.assertRefused();
    // The controller is told, and nobody leads them any more: what is wrong is the disk all the same.
    for (const partition of this.inBroken)
      await eventually(async () => (await this.client.leader('t', partition)) === -1, 'nobody leads');
    await this.assertRefused();
    for (const partition of this.inSound) assert.equal(await this.produce(partition), 0);
    const lines = () => this.node.lines.filter((line) => line.includes('log directory is offline'));
    await eventually(() => lines().length > 0, 'the line has come');
    const said = lines();
    assert.equal(said.length, 1, said.join('\n'));
    assert.ok(said[0]!.includes(this.broken), said[0]);
  }

  async assertRefused(): Promise<void> {
    for (const partition of this.inBroken) {
      assert.equal(await this.produce(partition), errorCode.KAFKA_STORAGE_ERROR);
      assert.equal(await this.client.fetchError('t', partition), errorCode.KAFKA_STORAGE_ERROR);
    }
  }

  /** The fault is gone: a restart has everything, and goes on. */
  async checkRestarted(t: TestContext, more = 0): Promise<void> {
    await this.node.restart();
    this.client = await StorageClient.connect(this.node.port, t);
    for (const [partition, acknowledged] of this.acknowledged.entries()) {
      const { length } = await this.client.read('t', partition);
      const most = acknowledged + (this.inBroken.includes(partition) ? more : 0);
      assert.ok(length >= acknowledged && length <= most, `${length} records, ${acknowledged} acknowledged`);
      assert.equal(await this.produce(partition), 0);
    }
    await this.node.stop();
  }
}

function partitionsIn(directory: string): number[] {
  return readdirSync(directory)
    .filter((name) => /^t-\d+$/.test(name))
    .map((name) => Number(name.slice(2)));
}

for (const code of ['ENOSPC', 'EIO', 'EROFS', 'EOTHER'] satisfies DiskErrorCode[]) {
  test(`a write that fails with ${code} takes its directory offline, alone and with one line`, async (t) => {
    const setting = await Setting.start(t, tempDirFor(t), faultyNode);
    setFault(setting.broken, 'write', true, code);
    await setting.untilOffline();
    setFault(setting.broken, 'write', false);
    await setting.assertRefused();
    await setting.node.stop();
    await setting.checkRestarted(t);
  });
}

test('a sync that fails takes its directory offline, and nothing that was acknowledged after one is missing', async (t) => {
  const setting = await Setting.start(t, tempDirFor(t), faultyNode);
  assert.equal(await setting.client.configure('t', { 'flush.messages': '1' }), 0);
  for (let n = 0; n < 5; n++)
    for (const partition of setting.inBroken) assert.equal(await setting.produce(partition), 0);
  setFault(setting.broken, 'sync', true);
  await setting.untilOffline();
  setFault(setting.broken, 'sync', false);
  await setting.node.stop();
  // A refused batch may be there: it was written before its sync failed.
  await setting.checkRestarted(t, 3);
});

test('a directory that vanishes from under the node goes offline, and is whole when it is back', async (t) => {
  const setting = await Setting.start(t, tempDirFor(t));
  await rename(setting.broken, `${setting.broken}.aside`);
  await setting.untilOffline();
  await setting.node.stop();
  rmSync(setting.broken, { recursive: true, force: true });
  await rename(`${setting.broken}.aside`, setting.broken);
  // What finds the directory gone may be a checkpoint, while a batch was written to a file that is still open: it is refused, and there.
  await setting.checkRestarted(t, 3);
});

test('a directory that becomes read-only goes offline, and is whole when it can be written to again', async (t) => {
  const setting = await Setting.start(t, tempDirFor(t));
  const undo = await makeReadOnly(setting.broken);
  try {
    await setting.untilOffline();
    await setting.node.stop();
  } finally {
    await undo();
  }
  await setting.checkRestarted(t, 3);
});

test('a batch that is broken on disk fails what reads it, and nothing else; whole again, it is read', async (t) => {
  const setting = await Setting.start(t, tempDirFor(t));
  const partition = setting.inBroken[0]!;
  for (let n = 0; n < 3; n++) assert.equal(await setting.produce(partition), 0);
  const path = join(setting.broken, `t-${partition}`, '00000000000000000000.log');
  const whole = readFileSync(path);
  const second = 12 + whole.readInt32BE(8);
  const broken = Buffer.from(whole);
  broken.writeInt32BE(1, second + 8);
  const file = openSync(path, 'r+');
  try {
    writeSync(file, broken, second, 12, second);
    assert.equal(await setting.client.fetchError('t', partition, 4), errorCode.CORRUPT_MESSAGE);
    assert.equal(await setting.client.fetchError('t', partition, 4), errorCode.CORRUPT_MESSAGE);
    assert.equal(await setting.produce(partition), 0);
    const said = () => setting.node.lines.filter((line) => line.includes('could not be read'));
    await eventually(() => said().length > 0, 'the line has come');
    assert.equal(said().length, 1);
    writeSync(file, whole, second, 12, second);
  } finally {
    closeSync(file);
  }
  assert.equal((await setting.client.read('t', partition, 4)).length, setting.acknowledged[partition]! - 4);
  await setting.node.stop();
  await setting.checkRestarted(t);
});

test('files that may not grow take their directories offline, and do not end the process', async (t) => {
  if (findProgram('prlimit') === null) return void skipForWant(t, 'prlimit');
  const setting = await Setting.start(t, tempDirFor(t));
  await limitFiles(setting.node, 40_000);
  const [partition] = setting.inBroken;
  await eventually(
    async () => (await setting.produce(partition!)) === errorCode.KAFKA_STORAGE_ERROR,
    'the file is full',
  );
  for (const other of setting.inSound) assert.equal(await setting.produce(other), 0);
  assert.ok(setting.node.isRunning);
  await setting.node.kill();
  await setting.checkRestarted(t);
});

test('a metadata log that cannot be written ends the process with status 3, and every topic that was made is there after', async (t) => {
  const home = tempDirFor(t);
  const path = join(home, 'metadata');
  const isMounted = await mountSmall(path, 1 << 20);
  if (!isMounted && findProgram('prlimit') === null) return void skipForWant(t, 'prlimit');
  try {
    await endWithTheMetadataLog(t, home, isMounted);
  } finally {
    if (isMounted) await unmount(path);
  }
});

async function endWithTheMetadataLog(t: TestContext, home: string, isMounted: boolean): Promise<void> {
  const setting = await Setting.start(t, home);
  if (isMounted) writeFileSync(join(setting.metadata, 'ballast'), new Uint8Array(900_000));
  else await limitFiles(setting.node, 60_000);
  const made = await makeTopicsUntilTheEnd(setting.client);
  const { code, stdout } = await setting.node.ended;
  assert.equal(code, 3, stdout);
  assert.ok(stdout.includes('; the process ends'), stdout);
  assert.ok(made.length > 0);
  if (isMounted) await resize(setting.metadata, 8 << 20);
  await setting.node.restart();
  const again = await StorageClient.connect(setting.node.port, t);
  for (const name of made) assert.equal((await again.produce(name, 49)).errorCode, 0, name);
  await setting.node.stop();
  await setting.checkRestarted(t);
}

/** No file of the process may be made longer than this. */
async function limitFiles(node: Millrace, bytes: number): Promise<void> {
  const limited = await runCommand('prlimit', ['--pid', String(node.pid), `--fsize=${bytes}`]);
  assert.equal(limited.code, 0, limited.stderr);
}

async function makeTopicsUntilTheEnd(client: StorageClient): Promise<string[]> {
  const made: string[] = [];
  for (;;) {
    const name = `topic-${made.length}`;
    try {
      assert.equal(await client.createTopic(name, 50), 0);
      made.push(name);
    } catch (error) {
      if (!(error instanceof ClosedByBroker)) throw error;
      return made;
    }
  }
}
