import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPartitionFiles, type PartitionFiles } from '../../../support/check-partition-files.ts';
import { appendTo, finished, logFixture, openTestLog, testMarker } from '../../../support/log-fixture.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';

const config = { segmentBytes: 700, indexIntervalBytes: 100 };
const check = { isClosed: true, indexIntervalBytes: 100 };

/** A log with producers, epochs and an aborted transaction, closed well. */
async function closedLog(): Promise<Map<string, Uint8Array>> {
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, logFixture(), { config });
  for (let sequence = 0; sequence < 20; sequence++) {
    const identity = { producerId: 7n, producerEpoch: 0, baseSequence: sequence };
    const timestampMs = 1_000_000 + ((sequence * 7) % 20);
    await appendTo(log, { ...identity, timestampMs, partitionLeaderEpoch: sequence >> 3, valueBytes: 60 });
  }
  const transaction = { producerId: 8n, producerEpoch: 0, isTransactional: true, partitionLeaderEpoch: 2 };
  await appendTo(log, { ...transaction, baseSequence: 0 });
  const bytes = testMarker('abort', 3, { ...transaction, baseOffset: log.nextOffset });
  log.stage(bytes, 0, bytes.length);
  await finished((done) => log.submit(done));
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  const files = Object.entries(disk.contents());
  return new Map(files.map(([path, content]) => [path.slice('topic-0/'.length), content]));
}

type Damage = readonly [what: string, pattern: RegExp, damage: (files: Map<string, Uint8Array>) => void];

function change(files: Map<string, Uint8Array>, suffix: RegExp, bytesOf: (bytes: Uint8Array) => Uint8Array): void {
  const name = [...files.keys()].filter((each) => suffix.test(each)).sort()[0]!;
  files.set(name, bytesOf(Uint8Array.from(files.get(name)!)));
}

function flipped(at: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    return bytes;
  };
}

const damages: readonly Damage[] = [
  ['a bit of a record', /is whole/, (files) => change(files, /\.log$/, flipped(100))],
  [
    'a segment',
    /begins where the one before ends/,
    (files) => files.delete([...files.keys()].filter((name) => name.endsWith('.log')).sort()[1]!),
  ],
  ['a position', /\.index/, (files) => change(files, /\.index$/, flipped(7))],
  ['an index entry', /\.index/, (files) => change(files, /\.index$/, (bytes) => bytes.subarray(8))],
  ['a time', /\.timeindex/, (files) => change(files, /\.timeindex$/, flipped(7))],
  [
    'the last time',
    /\.timeindex ends/,
    (files) => change(files, /\.timeindex$/, (bytes) => bytes.subarray(0, bytes.length - 12)),
  ],
  ['a snapshot', /snapshot: checksum/, (files) => change(files, /\.snapshot$/, flipped(-1))],
  ['an aborted transaction', /txnindex/, (files) => change(files, /\.txnindex$/, flipped(17))],
  ['an epoch', /the epoch of/, (files) => void files.set('leader-epoch-checkpoint', Buffer.from('0\n2\n0 0\n2 16\n'))],
  ['a temporary file', /left over/, (files) => void files.set('leader-epoch-checkpoint.tmp', new Uint8Array(0))],
];

test('files that agree pass, and each kind of damage is named', async () => {
  const whole: PartitionFiles = await closedLog();
  const checked = checkPartitionFiles(whole, check);
  assert.equal(checked.endOffset, 22);
  assert.ok(checked.segments > 2);
  for (const [what, pattern, damage] of damages) {
    const files = new Map(whole);
    damage(files);
    assert.throws(() => checkPartitionFiles(files, check), pattern, what);
  }
});
