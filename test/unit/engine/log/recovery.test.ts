import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendTo,
  finished,
  type LogFixture,
  logFixture,
  openTestLog,
  readFrom,
  testMarker,
} from '../../../support/log-fixture.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';

const firstLog = 'topic-0/00000000000000000000.log';
const config = { segmentBytes: 600, indexIntervalBytes: 100 };

async function filled(batches = 30): Promise<{ fixture: LogFixture; files: Record<string, Uint8Array> }> {
  const fixture = logFixture();
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, fixture, { config });
  for (let i = 0; i < batches; i++) {
    const producer = { producerId: BigInt(i % 2), producerEpoch: 0, baseSequence: i >> 1 };
    await appendTo(log, { ...producer, timestampMs: 1_000_000 + i, partitionLeaderEpoch: i < 10 ? 0 : 3 });
  }
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  return { fixture, files: disk.contents() };
}

function logNames(files: Record<string, Uint8Array>): string[] {
  return Object.keys(files)
    .filter((name) => name.endsWith('.log'))
    .sort();
}

function opened(fixture: LogFixture, files: Record<string, Uint8Array>, cleanShutdown: boolean, recoveryPoint = 0) {
  const disk = new SimulatedDisk({ files });
  return openTestLog(disk, fixture, { config, cleanShutdown, recoveryPoint }).then((log) => ({ log, disk }));
}

test('a torn tail is cut, byte by byte, whatever a clean shutdown was said to have left', async () => {
  const { fixture, files } = await filled(3);
  const whole = files[firstLog];
  const batchBytes = whole.length / 3;
  for (let length = 0; length < whole.length; length += 7) {
    const torn = { ...files, [firstLog]: whole.slice(0, length) };
    for (const cleanShutdown of [false, true]) {
      const { log, disk } = await opened(fixture, torn, cleanShutdown);
      const kept = Math.floor(length / batchBytes);
      assert.equal(log.logEndOffset, kept);
      assert.equal(disk.contents()[firstLog].length, kept * batchBytes);
      assert.equal(await appendTo(log), kept);
    }
  }
});

test('the log ends before a batch that does not check, and later segments are removed', async () => {
  const { fixture, files } = await filled();
  const names = logNames(files);
  assert.ok(names.length > 3);
  const broken = files[names[1]].slice();
  broken[broken.length - 1] ^= 1;
  const { log, disk } = await opened(fixture, { ...files, [names[1]]: broken }, false);
  const left = logNames(disk.contents());
  assert.deepEqual(left, names.slice(0, 2));
  assert.ok(log.logEndOffset > Number(names[1].slice(8, 28)));
  assert.ok(log.logEndOffset < Number(names[2].slice(8, 28)));
  assert.ok(log.producers.entryOf(0)!.lastOffset < log.logEndOffset);
  assert.deepEqual(
    Object.keys(disk.contents()).filter((name) => name > names[2] && name.endsWith('.index')),
    [],
  );
  assert.ok(fixture.logger.lines.some((line) => line.level === 'warn'));
});

test('what lies below the recovery point is not read through', async () => {
  const { fixture, files } = await filled();
  const names = logNames(files);
  const broken = files[names[0]].slice();
  broken[70] ^= 1;
  const { log } = await opened(fixture, { ...files, [names[0]]: broken }, false, 30);
  assert.equal(log.logEndOffset, 30);
});

test('indexes that are missing, torn or full of something else are rebuilt', async () => {
  const { fixture, files } = await filled();
  const indexes = Object.keys(files).filter((name) => /index$/.test(name));
  const damages: ((bytes: Uint8Array) => Uint8Array | null)[] = [
    () => null,
    (bytes) => bytes.slice(0, bytes.length - 3),
    (bytes) => bytes.slice().fill(0),
    (bytes) => bytes.slice().fill(0xff),
    () => new Uint8Array(0),
    () => new Uint8Array(240),
  ];
  for (const damage of damages) {
    const damaged: Record<string, Uint8Array> = { ...files };
    for (const name of indexes) {
      const bytes = damage(files[name]);
      if (bytes === null) delete damaged[name];
      else damaged[name] = bytes;
    }
    const { log, disk } = await opened(fixture, damaged, true, 30);
    assert.equal(log.logEndOffset, 30);
    for (let offset = 0; offset < 30; offset++) {
      const answer = await readFrom(log, offset, 100);
      assert.ok(answer !== 'out-of-range' && answer.nextOffset === offset + 1);
      await new Promise<void>((resolve, reject) =>
        log.lookUpOffset(1_000_000 + offset, (error, found) => {
          if (error !== null) reject(error);
          assert.equal(found.offset, offset);
          resolve();
        }),
      );
    }
    await finished((done) => log.flush(done));
    await finished((done) => log.close(done));
    for (const name of indexes.filter((each) => each !== indexes.at(-1))) {
      if (name.startsWith(logNames(files).at(-1)!.slice(0, -4))) continue;
      assert.deepEqual(disk.contents()[name], files[name], name);
    }
  }
});

test('a broken snapshot, epoch file or both are made up for by the batches', async () => {
  const { fixture, files } = await filled();
  const damaged: Record<string, Uint8Array> = { ...files, 'topic-0/leader-epoch-checkpoint': Uint8Array.of(1, 2, 3) };
  for (const name of Object.keys(files)) if (name.endsWith('.snapshot')) damaged[name] = files[name].slice(0, 20);
  const { log } = await opened(fixture, damaged, true, 30);
  assert.equal(log.producers.entryOf(1)?.lastSequence, 14);
  assert.equal(log.producers.entryOf(0)?.lastOffset, 28);
  assert.equal(log.epochForOffset(9), 0);
  assert.equal(log.epochForOffset(10), 3);
  assert.deepEqual(log.endOffsetFor(0), { epoch: 0, endOffset: 10 });
});

test('remains of deletions and cleanings are removed, a complete swap is put in place', async () => {
  const { fixture, files } = await filled();
  const names = logNames(files);
  const extra = {
    'topic-0/00000000000000000000.log.deleted': new Uint8Array(5),
    'topic-0/00000000000000000500.index.cleaned': new Uint8Array(5),
    'topic-0/00000000000000000700.timeindex': new Uint8Array(12),
    'topic-0/leader-epoch-checkpoint.tmp': new Uint8Array(5),
    [`${names[1]}.swap`]: files[names[1]],
    [`${names[1].replace('.log', '.index')}.swap`]: new Uint8Array(8),
  };
  const { [names[1]]: _replaced, ...others } = files;
  const { log, disk } = await opened(fixture, { ...others, ...extra }, true, 30);
  assert.equal(log.logEndOffset, 30);
  assert.deepEqual(logNames(disk.contents()), names);
  assert.deepEqual(disk.contents()[names[1]], files[names[1]]);
  assert.deepEqual(
    Object.keys(disk.contents()).filter((name) => /deleted|cleaned|swap|tmp|700/.test(name)),
    [],
  );
});

test("another topic's directory is refused", async () => {
  const { fixture, files } = await filled(1);
  const disk = new SimulatedDisk({ files });
  await assert.rejects(openTestLog(disk, fixture, { topicId: 'BBBBBBBBBBBBBBBBBBBBBQ' }), { reason: 'other-topic' });
  assert.deepEqual(disk.contents(), files);
});

test('aborted transactions and the last stable offset survive a crash', async () => {
  const fixture = logFixture();
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, fixture, { config });
  const transaction = { isTransactional: true, producerEpoch: 0, baseSequence: 0 };
  for (let i = 0; i < 8; i++) await appendTo(log, { ...transaction, producerId: BigInt(i), valueBytes: 200 });
  for (let i = 0; i < 4; i++) {
    const marker = testMarker('abort', 0, {
      baseOffset: log.nextOffset,
      producerId: BigInt(i),
      producerEpoch: 0,
      partitionLeaderEpoch: 0,
    });
    log.stage(marker, 0, marker.length);
    await finished((done) => log.submit(done));
  }
  log.setHighWatermark(log.logEndOffset);
  assert.equal(log.lastStableOffset, 4);
  const expected = [0, 1, 2, 3].map((i) => ({
    producerId: i,
    firstOffset: i,
    lastOffset: 8 + i,
    lastStableOffset: i + 1,
  }));
  const abortedIn = (of: typeof log, from: number, to: number) =>
    new Promise<unknown>((resolve, reject) =>
      of.abortedTransactions(from, to, (error, found) => (error === null ? resolve(found) : reject(error))),
    );
  assert.deepEqual(await abortedIn(log, 0, 12), expected);
  assert.deepEqual(await abortedIn(log, 0, 1), expected.slice(0, 1));
  for (const copy of [disk.copy(), disk.crash()]) {
    const again = await openTestLog(copy, fixture, { config, cleanShutdown: false, highWatermark: 12 });
    assert.equal(again.logEndOffset, 12);
    assert.equal(again.lastStableOffset, 4);
    assert.deepEqual(await abortedIn(again, 0, 12), expected);
    await finished((done) => again.close(done));
    const later = await openTestLog(copy, fixture, { config, recoveryPoint: 0, highWatermark: 12 });
    assert.equal(later.lastStableOffset, 4);
    assert.deepEqual(await abortedIn(later, 0, 12), expected);
  }
});
