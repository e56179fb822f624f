import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { DiskFile } from '../../../../../engine/base/disk.ts';
import { diskLimits } from '../../../../../engine/base/limits.ts';
import { systemClock } from '../../../../../engine/io/clock.ts';
import { DescriptorCache } from '../../../../../engine/io/disk/descriptor-cache.ts';
import { DirectoryState } from '../../../../../engine/io/disk/directory-state.ts';
import { SpeedPolicy } from '../../../../../engine/io/disk/speed-policy.ts';
import { DiskCalls } from '../../../../support/disk-calls.ts';
import { MemoryLogger } from '../../../../support/memory-logger.ts';
import { realDisk } from '../../../../support/real-disk.ts';
import { tempDirFor } from '../../../../support/temp-dir.ts';

const code = (expected: string) => (error: unknown) => (error as { code?: string }).code === expected;
const isLinux = process.platform === 'linux';

/** Whether a write is done when its call returns. */
function writesAtOnce(calls: DiskCalls, file: DiskFile): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let returned = false;
    calls.disk.write(file, 0, [new Uint8Array(10)], (error) => {
      if (error !== null) reject(error);
      else resolve(!returned);
    });
    returned = true;
  });
}

describe('a directory that answers at memory speed', () => {
  it('is written synchronously, until it stalls', async (t) => {
    let readings = 0;
    let stallMs = 0;
    // Every operation reads the clock when it starts and when it ends: the stall shows at the second reading.
    const clock = { ...systemClock, monotonicMs: () => (readings++ % 2 === 0 ? 1000 : 1000 + stallMs) };
    const policy = new SpeedPolicy({ ...diskLimits.speed, promoteAfterOperations: 5 });
    const logger = new MemoryLogger();
    const calls = new DiskCalls(realDisk(tempDirFor(t), { clock, policy, logger }));
    const quick = { ...systemClock, monotonicMs: () => 1000 };
    const ready = new SpeedPolicy({ ...diskLimits.speed, promoteAfterOperations: 1 });
    const healthy = new DiskCalls(realDisk(tempDirFor(t), { clock: quick, policy: ready }));
    const file = calls.disk.file('f');
    const other = healthy.disk.file('f');
    for (let index = 0; index < 5; index++) assert.ok(!(await writesAtOnce(calls, file)));
    await writesAtOnce(healthy, other);
    assert.ok(await writesAtOnce(calls, file));
    stallMs = 500;
    assert.ok(await writesAtOnce(calls, file), 'the one that stalls is still synchronous');
    stallMs = 0;
    assert.ok(!(await writesAtOnce(calls, file)));
    assert.equal(logger.lines.length, 1);
    assert.ok(await writesAtOnce(healthy, other), 'another directory is not concerned');
  });

  it('is not written synchronously past a write that is on its way', async (t) => {
    const policy = new SpeedPolicy({ ...diskLimits.speed, promoteAfterOperations: 1 });
    const calls = new DiskCalls(realDisk(tempDirFor(t), { policy }));
    const file = calls.disk.file('f');
    const encode = (value: string) => new TextEncoder().encode(value);
    const first = calls.write(file, 0, encode('aaaa'));
    await calls.write(calls.disk.file('g'), 0, encode('x'));
    await Promise.all([first, calls.truncate(file, 2), calls.write(file, 2, encode('bb')), calls.truncate(file, 3)]);
    assert.equal(Buffer.from(await calls.read(file, 0, 10)).toString(), 'aab');
  });
});

describe('a directory that stalls', { skip: !isLinux }, () => {
  it('holds two threads of the pool, and no other directory', async (t) => {
    const stalledRoot = tempDirFor(t);
    const fifo = join(stalledRoot, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const stalled = new DiskCalls(realDisk(stalledRoot));
    const healthy = new DiskCalls(realDisk(tempDirFor(t)));
    let stalledDone = 0;
    // Opening a pipe that nobody writes to takes the kernel until somebody does: a stall as long as the test wants.
    const reads = Array.from({ length: 12 }, () => stalled.readFile('fifo').then(() => stalledDone++));
    const file = healthy.disk.file('f');
    for (let index = 0; index < 50; index++) {
      await healthy.write(file, index, new Uint8Array(1));
      await healthy.sync(file);
      await healthy.read(file, 0, 10);
      await healthy.replaceFile('checkpoint', new Uint8Array(10));
    }
    assert.equal(stalledDone, 0, 'the other one stalled all the time');
    const ending = setInterval(() => {
      try {
        closeSync(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK));
      } catch (error) {
        assert.ok(code('ENXIO')(error), 'nobody is opening it at this moment');
      }
    }, 1);
    await Promise.all(reads);
    clearInterval(ending);
    assert.equal(stalledDone, 12);
  });
});

describe('failures', { skip: !isLinux }, () => {
  it('a failed fsync takes that directory offline on all threads, and no other', async (t) => {
    const root = tempDirFor(t);
    execFileSync('mkfifo', [join(root, 'fifo')]);
    const word = new Int32Array(new SharedArrayBuffer(8));
    const logger = new MemoryLogger();
    const first = new DiskCalls(realDisk(root, { state: new DirectoryState(word), logger }));
    const onOtherThread = new DiskCalls(realDisk(root, { state: new DirectoryState(word), logger }));
    const other = new DiskCalls(realDisk(tempDirFor(t), { state: new DirectoryState(word.subarray(1)) }));
    const file = first.disk.file('f');
    await first.write(file, 0, new Uint8Array(10));
    // What cannot be synced: a pipe answers EINVAL.
    await assert.rejects(first.sync(first.disk.file('fifo')), code('EOTHER'));
    assert.ok(!first.disk.isOnline() && !onOtherThread.disk.isOnline() && other.disk.isOnline());
    await assert.rejects(first.sync(file), code('EOFFLINE'));
    await assert.rejects(onOtherThread.write(onOtherThread.disk.file('g'), 0, new Uint8Array(1)), code('EOFFLINE'));
    assert.deepEqual(readdirSync(root).sort(), ['f', 'fifo'], 'nothing was tried');
    const healthy = other.disk.file('f');
    await other.write(healthy, 0, new Uint8Array(10));
    await other.sync(healthy);
    onOtherThread.disk.fail('again');
    assert.equal(logger.lines.filter((line) => line.level === 'error').length, 1, 'told once');
  });

  it('a full disk is reported and does not take the directory offline', async (t) => {
    const root = tempDirFor(t);
    symlinkSync('/dev/full', join(root, 'full'));
    const policy = new SpeedPolicy({ ...diskLimits.speed, promoteAfterOperations: 1 });
    const calls = new DiskCalls(realDisk(root, { policy }));
    const file = calls.disk.file('full');
    await assert.rejects(calls.write(file, 0, new Uint8Array(10)), code('ENOSPC'));
    assert.ok(policy.isDirect);
    await assert.rejects(calls.write(file, 0, new Uint8Array(10)), code('ENOSPC'));
    assert.ok(calls.disk.isOnline());
  });

  it('what is larger than one call writes lands as one piece, directly and through the pool', async (t) => {
    for (const promoteAfterOperations of [1, Number.POSITIVE_INFINITY]) {
      const root = tempDirFor(t);
      const policy = new SpeedPolicy({ ...diskLimits.speed, promoteAfterOperations });
      const calls = new DiskCalls(realDisk(root, { policy }));
      const file = calls.disk.file('large');
      await calls.write(file, 0, Uint8Array.of(1, 2, 3));
      assert.equal(policy.isDirect, promoteAfterOperations === 1);
      const sizes = [diskLimits.writeBytes + 5, 7, diskLimits.writeBytes - 7, 1, 300_000, 900_000, 0, 2];
      const pieces = sizes.map((size, index) => new Uint8Array(size).fill(index + 10));
      await calls.write(file, 3, ...pieces);
      assert.ok(readFileSync(join(root, 'large')).equals(Buffer.concat([Uint8Array.of(1, 2, 3), ...pieces])));
    }
  });

  it('a short write is a failure', (t) => {
    const script = join(import.meta.dirname, '../../../../support/size-limited-writer.ts');
    const command = 'ulimit -f 8 && exec "$0" "$1" "$2"';
    const output = execFileSync('bash', ['-c', command, process.execPath, script, tempDirFor(t)], { encoding: 'utf8' });
    assert.equal(output, 'pooled ESHORT true\ndirect ESHORT true\n');
  });

  it('more operations than may wait are refused, and none is lost', async (t) => {
    const calls = new DiskCalls(realDisk(tempDirFor(t), { operationsQueued: 3 }));
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => calls.size('absent')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.equal(refused.length, 5);
    assert.ok(refused.every((outcome) => code('EOTHER')(outcome.reason)));
    assert.equal(await calls.size('absent'), -1);
  });
});

describe('descriptors', () => {
  it('stay within the budget of the thread, over all its disks', { skip: !isLinux }, async (t) => {
    const root = tempDirFor(t);
    const descriptors = new DescriptorCache(8);
    const disks = [new DiskCalls(realDisk(root, { descriptors })), new DiskCalls(realDisk(root, { descriptors }))];
    const files = Array.from({ length: 60 }, (_, index) => {
      const calls = disks[index % 2]!;
      return { calls, file: calls.disk.file(`f${index}`) };
    });
    const isOurs = (fd: string) => fd.startsWith(root);
    for (let round = 0; round < 3; round++) {
      await Promise.all(files.map(({ calls, file }) => calls.write(file, round, new Uint8Array([round]))));
      assert.ok(descriptors.openCount <= 8);
    }
    for (const { calls, file } of files) assert.deepEqual([...(await calls.read(file, 0, 9))], [0, 1, 2]);
    await Promise.all(files.map(({ calls, file }) => calls.close(file)));
    assert.equal(descriptors.openCount, 0);
    assert.equal(openPaths().filter(isOurs).length, 0);
  });
});

function openPaths(): string[] {
  return execFileSync('bash', ['-c', `readlink /proc/${process.pid}/fd/* || true`], { encoding: 'utf8' }).split('\n');
}
