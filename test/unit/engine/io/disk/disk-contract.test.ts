import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Disk } from '../../../../../engine/base/disk.ts';
import { diskLimits } from '../../../../../engine/base/limits.ts';
import { SpeedPolicy } from '../../../../../engine/io/disk/speed-policy.ts';
import { DiskCalls } from '../../../../support/disk-calls.ts';
import { realDisk } from '../../../../support/real-disk.ts';
import { SimulatedDisk } from '../../../../support/simulated-disk.ts';
import { tempDirFor } from '../../../../support/temp-dir.ts';

const text = (value: string) => new TextEncoder().encode(value);
const plain = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const code = (expected: string) => (error: unknown) => (error as { code?: string }).code === expected;

/** Every Disk keeps the same promises; what is tested on the simulated one holds on the real one. */
const kinds: Record<string, (t: TestContext) => Disk> = {
  'real, through the pool': (t) => realDisk(tempDirFor(t)),
  'real, synchronous': (t) => realDisk(tempDirFor(t), { policy: alwaysDirect() }),
  'real, one descriptor': (t) => realDisk(tempDirFor(t), { maxOpen: 1, policy: alwaysDirect() }),
  'simulated, immediate': () => new SimulatedDisk(),
  'simulated, later': () => new SimulatedDisk({ defer: (_operation, run) => setImmediate(run) }),
};

function alwaysDirect(): SpeedPolicy {
  const policy = new SpeedPolicy({ ...diskLimits.speed, promoteAfterOperations: 1, slowMs: 1e9, stallMs: 1e9 });
  policy.pooled(0, 0, 0);
  assert.ok(policy.isDirect);
  return policy;
}

for (const [kind, make] of Object.entries(kinds)) {
  describe(`Disk: ${kind}`, () => {
    it('makes a file at the first write and reads it back', async (t) => {
      const calls = new DiskCalls(make(t));
      await calls.makeDirectory('topic-0');
      const file = calls.disk.file('topic-0/0.log');
      assert.equal(await calls.size('topic-0/0.log'), -1);
      await assert.rejects(calls.read(file, 0, 4), code('ENOENT'));
      assert.equal(await calls.write(file, 0, text('hello '), text(''), text('world')), 11);
      assert.equal(await calls.write(file, 11, text('!')), 1);
      assert.equal(plain(await calls.read(file, 6, 100)), 'world!');
      assert.equal(plain(await calls.read(file, 0, 5, true)), 'hello');
      assert.equal((await calls.read(file, 12, 5, true)).length, 0);
      assert.equal(await calls.size('topic-0/0.log'), 12);
    });

    it('takes shared memory and more buffers than one system call does', async (t) => {
      const calls = new DiskCalls(make(t));
      const shared = new Uint8Array(new SharedArrayBuffer(6000), 16, 5000).map((_, index) => index & 0xff);
      const file = calls.disk.file('shared');
      await calls.write(file, 0, text('-'));
      const pieces = Array.from({ length: 2500 }, (_, index) => shared.subarray(index * 2, index * 2 + 2));
      assert.equal(await calls.write(file, 1, ...pieces), 5000);
      const into = new Uint8Array(new SharedArrayBuffer(6000));
      for (const recent of [false, true]) {
        into.fill(0);
        await new Promise<void>((resolve, reject) =>
          calls.disk.read(file, 1, into, recent, (error, length) => {
            if (error !== null) reject(error);
            else resolve(assert.equal(length, 5000));
          }),
        );
        assert.deepEqual(Uint8Array.from(into.subarray(0, 5000)), Uint8Array.from(shared));
      }
    });

    it('keeps writes and truncations of a file in order without waiting in between', async (t) => {
      const calls = new DiskCalls(make(t));
      const file = calls.disk.file('f');
      const all = [
        calls.write(file, 0, text('aaaaaaaaaa')),
        calls.truncate(file, 4),
        calls.write(file, 4, text('bb')),
        calls.sync(file),
        calls.write(file, 5, text('c')),
        calls.truncate(file, 8),
      ];
      await Promise.all(all);
      assert.equal(plain(await calls.read(file, 0, 100)), 'aaaabc\0\0');
    });

    it('closes when all is done, and a file can be named again', async (t) => {
      const calls = new DiskCalls(make(t));
      const file = calls.disk.file('f');
      const order: string[] = [];
      const written = calls.write(file, 0, text('abc')).then(() => order.push('written'));
      const synced = calls.sync(file).then(() => order.push('synced'));
      const closed = calls.close(file).then(() => order.push('closed'));
      await Promise.all([written, synced, closed]);
      assert.deepEqual(order, ['written', 'synced', 'closed']);
      assert.throws(() => calls.disk.write(file, 0, [text('x')], () => {}), /was closed/);
      assert.equal(plain(await calls.read(calls.disk.file('f'), 0, 9)), 'abc');
    });

    it('lets named files follow a rename of them or of their directory', async (t) => {
      const calls = new DiskCalls(make(t));
      await calls.makeDirectory('a-0');
      const open = calls.disk.file('a-0/1.log');
      const unopened = calls.disk.file('a-0/2.log');
      const neighbour = calls.disk.file('a-01.log');
      await calls.write(open, 0, text('one'));
      await calls.rename('a-0', 'b-0');
      assert.deepEqual([open.path, unopened.path, neighbour.path], ['b-0/1.log', 'b-0/2.log', 'a-01.log']);
      await calls.write(unopened, 0, text('two'));
      await calls.write(open, 3, text('!'));
      await calls.rename('b-0/1.log', 'b-0/1.log.deleted');
      assert.equal(open.path, 'b-0/1.log.deleted');
      assert.equal(plain(await calls.read(open, 0, 9)), 'one!');
      assert.deepEqual(await calls.list(''), [{ name: 'b-0', isDirectory: true }]);
      assert.deepEqual(
        (await calls.list('b-0')).map((entry) => entry.name),
        ['1.log.deleted', '2.log'],
      );
      await assert.rejects(calls.rename('absent', 'x'), code('ENOENT'));
    });

    it('replaces small files, also several times at once', async (t) => {
      const calls = new DiskCalls(make(t));
      await Promise.all(['one', 'two', 'three'].map((value) => calls.replaceFile('checkpoint', text(value))));
      assert.equal(plain(await calls.readFile('checkpoint')), 'three');
      await assert.rejects(calls.readFile('checkpoint', 4), code('EFBIG'));
      await assert.rejects(calls.readFile('absent'), code('ENOENT'));
      assert.deepEqual(await calls.list(''), [{ name: 'checkpoint', isDirectory: false }]);
    });

    it('makes and removes directories and files, absent ones too', async (t) => {
      const calls = new DiskCalls(make(t));
      await calls.makeDirectory('a/b/c');
      await calls.makeDirectory('a/b/c');
      await calls.write(calls.disk.file('a/b/f'), 0, text('x'));
      await calls.syncDirectory('a/b');
      assert.deepEqual(await calls.list('a/b'), [
        { name: 'c', isDirectory: true },
        { name: 'f', isDirectory: false },
      ]);
      await calls.remove('a/b/f');
      await calls.remove('a/b/f');
      await calls.removeDirectory('a');
      await calls.removeDirectory('a');
      assert.deepEqual(await calls.list('.'), []);
      await assert.rejects(calls.list('a'), code('ENOENT'));
      await assert.rejects(calls.syncDirectory('a'), code('ENOENT'));
      await assert.rejects(calls.write(calls.disk.file('a/f'), 0, text('x')), code('ENOENT'));
    });

    it('answers EOFFLINE once it is offline', async (t) => {
      const calls = new DiskCalls(make(t));
      const file = calls.disk.file('f');
      await calls.write(file, 0, text('abc'));
      assert.ok(calls.disk.isOnline());
      calls.disk.fail('a test');
      assert.ok(!calls.disk.isOnline());
      await assert.rejects(calls.write(file, 3, text('d')), code('EOFFLINE'));
      await assert.rejects(calls.read(file, 0, 3), code('EOFFLINE'));
      await assert.rejects(calls.replaceFile('g', text('x')), code('EOFFLINE'));
      await calls.close(file);
    });

    it('refuses paths that lead out of the directory', (t) => {
      const disk = make(t);
      assert.throws(() => disk.file('../x'), /relative/);
      assert.throws(() => disk.file('/x'), /relative/);
    });
  });
}
