import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DiskCalls } from '../../../support/disk-calls.ts';
import { ManualClock } from '../../../support/log-fixture.ts';
import { crashStates, RecordingDisk } from '../../../support/recording-disk.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';
import { StallingDisk } from '../../../support/stalling-disk.ts';

const text = (value: string) => new TextEncoder().encode(value);
const nothingSurvives = { survives: () => false };

function shown(disk: SimulatedDisk): Record<string, string> {
  return Object.fromEntries(
    Object.entries(disk.contents()).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  );
}

it('keeps over a crash what was synced: contents by the file, names by the directory', async () => {
  const disk = new SimulatedDisk({ files: { old: text('old') } });
  const calls = new DiskCalls(disk);
  const synced = disk.file('synced');
  await calls.write(synced, 0, text('abc'));
  await calls.sync(synced);
  assert.deepEqual(shown(disk.crash(nothingSurvives)), { old: 'old' }, 'its name was not durable');
  await calls.syncDirectory('');
  await calls.write(synced, 1, text('X'));
  await calls.truncate(disk.file('old'), 1);
  await calls.remove('old');
  assert.deepEqual(shown(disk.crash(nothingSurvives)), { old: 'old', synced: 'abc' });
  assert.deepEqual(shown(disk.crash({ survives: () => true })), { synced: 'aXc' });
  assert.deepEqual(shown(disk.crash({ survives: (change) => change.kind === 'data' })), { old: 'o', synced: 'aXc' });
  await calls.rename('synced', 'renamed');
  assert.deepEqual(shown(disk.crash(nothingSurvives)), { renamed: 'abc' }, 'a rename syncs both names');
});

it('replaces a file wholly or not at all', async () => {
  const disk = new SimulatedDisk({ files: { checkpoint: text('one') } });
  const recording = new RecordingDisk<never>(disk);
  await new DiskCalls(recording).replaceFile('checkpoint', text('second'));
  const choices = { random: new SeededRandom(1), maxDropped: 3, dropsPerStep: 8 };
  const seen = new Set<string>();
  for (const state of crashStates(
    { files: { checkpoint: text('one') }, directories: [] },
    recording.recorded,
    choices,
  )) {
    seen.add(new TextDecoder().decode(state.image.files.checkpoint));
  }
  assert.deepEqual([...seen].sort(), ['one', 'second']);
});

it('tears writes at sectors and pages', async () => {
  const disk = new SimulatedDisk({ files: { f: new Uint8Array(0) } });
  await new DiskCalls(disk).write(disk.file('f'), 0, new Uint8Array(20_000).fill(1));
  const random = new SeededRandom(5);
  const sizes = new Set(Array.from({ length: 200 }, () => disk.crash({ random }).contents().f!.length));
  assert.ok([...sizes].every((size) => size === 20_000 || size % 512 === 0));
  assert.ok(sizes.has(0) && sizes.has(20_000) && sizes.size > 10);
});

it('may lose or keep what is in flight', async () => {
  const held: (() => void)[] = [];
  const disk = new SimulatedDisk({ files: { f: text('old') }, defer: (_operation, run) => held.push(run) });
  const written = new DiskCalls(disk).write(disk.file('f'), 0, text('new'));
  assert.equal(disk.pendingChanges().length, 1);
  assert.deepEqual(shown(disk.crash(nothingSurvives)), { f: 'old' });
  assert.deepEqual(shown(disk.crash({ survives: () => true })), { f: 'new' });
  held.shift()!();
  assert.equal(await written, 3);
  assert.deepEqual(shown(disk), { f: 'new' });
});

it('fails as it is told: full, short, unsynced', async () => {
  const full = new SimulatedDisk({ capacityBytes: 10 });
  const onFull = new DiskCalls(full);
  const file = full.file('f');
  await onFull.write(file, 0, new Uint8Array(10));
  await onFull.write(file, 0, new Uint8Array(10));
  await assert.rejects(onFull.write(file, 1, new Uint8Array(10)), { code: 'ENOSPC' });
  const faulty = new SimulatedDisk({
    fault: ({ kind }) => {
      if (kind === 'write') return { code: 'ESHORT', writtenBytes: 2 };
      return kind === 'sync' ? { code: 'EIO' } : null;
    },
  });
  const onFaulty = new DiskCalls(faulty);
  await assert.rejects(onFaulty.write(faulty.file('f'), 0, text('abc')), { code: 'ESHORT' });
  assert.deepEqual(shown(faulty), { f: 'ab' });
  assert.ok(faulty.isOnline());
  await assert.rejects(onFaulty.sync(faulty.file('f')), { code: 'EIO' });
  assert.ok(!faulty.isOnline() && faulty.offlineReason !== null);
});

it('enumerates crash states with the marks that hold in them', async () => {
  const recording = new RecordingDisk<string>(new SimulatedDisk());
  const calls = new DiskCalls(recording);
  const file = recording.file('f');
  await calls.write(file, 0, text('ab'));
  recording.mark('written');
  await calls.sync(file);
  await calls.syncDirectory('');
  recording.mark('durable');
  await calls.write(file, 2, text('cd'));
  const choices = { random: new SeededRandom(1), maxDropped: 2, dropsPerStep: 4 };
  const states = [...crashStates({ files: {}, directories: [] }, recording.recorded, choices)];
  const contents = (marked: boolean) =>
    new Set(
      states
        .filter((state) => state.marks.includes('durable') === marked)
        .map((state) => (state.image.files.f === undefined ? null : new TextDecoder().decode(state.image.files.f))),
    );
  assert.deepEqual(contents(false), new Set([null, 'ab', '', 'a'].filter((value) => contents(false).has(value))));
  assert.ok(contents(false).has(null) && contents(false).has('ab') && contents(false).has(''));
  assert.ok(contents(true).has('ab') && contents(true).has('abcd'));
  assert.ok([...contents(true)].every((value) => value?.startsWith('ab')));
});

it('stalls again and again, and keeps the order', async () => {
  const timers: { atMs: number; fire: () => void }[] = [];
  class Clock extends ManualClock {
    override schedule(delayMs?: number, fire?: () => void) {
      timers.push({ atMs: this.nowMs + delayMs!, fire: fire! });
      return { cancel: () => {} };
    }
  }
  const clock = new Clock(0);
  const disk = new StallingDisk(new SimulatedDisk(), clock, { everyMs: 1500, stallMs: 500 });
  const calls = new DiskCalls(disk);
  const file = disk.file('f');
  await calls.write(file, 0, text('a'));
  clock.nowMs = 1600;
  const order: number[] = [];
  const all = [1, 2, 3].map((at) => calls.write(file, at, text('x')).then(() => order.push(at)));
  assert.equal(disk.stalledOperations, 3);
  assert.deepEqual(
    timers.map((timer) => timer.atMs),
    [2000],
  );
  clock.nowMs = 2000;
  timers[0]!.fire();
  await Promise.all(all);
  assert.deepEqual(order, [1, 2, 3]);
  await calls.write(file, 4, text('y'));
  assert.equal(disk.stalledOperations, 3);
});

it('keeps what was made in a directory with it, and not with one that has its name later', async () => {
  const disk = new SimulatedDisk();
  const calls = new DiskCalls(disk);
  const all = { survives: () => true };
  await calls.makeDirectory('a');
  await calls.write(disk.file('a/old'), 0, text('x'));
  await calls.rename('a', 'gone');
  await calls.makeDirectory('a');
  assert.deepEqual(shown(disk.crash(all)), { 'gone/old': 'x' });
  await calls.removeDirectory('gone');
  await calls.syncDirectory('');
  await calls.makeDirectory('gone');
  assert.deepEqual(shown(disk.crash(all)), {});
});
