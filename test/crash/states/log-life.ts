/**
 * One partition's log over several processes: appends that roll, flushes, checkpoint files, DeleteRecords, retention,
 * deaths of the process and clean stops; all of it on a disk that loses power.
 */
import assert from 'node:assert/strict';
import type { Disk } from '../../../engine/base/disk.ts';
import {
  checkpointFileNames,
  cleanShutdownFileName,
  formatCleanShutdown,
  formatOffsetCheckpoint,
} from '../../../engine/log/checkpoints.ts';
import { defaultLogConfig } from '../../../engine/log/config.ts';
import type { PartitionLog } from '../../../engine/log/partition-log.ts';
import { batchSizeBytes } from '../../../engine/protocol/records/batch-view.ts';
import { checkPartitionFiles } from '../../support/check-partition-files.ts';
import {
  answered,
  finished,
  type LogFixture,
  logFixture,
  openTestLog,
  readFrom,
  testBatch,
} from '../../support/log-fixture.ts';
import { type CrashState, RecordingDisk } from '../../support/recording-disk.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { RecordedLife } from './crash-life.ts';
import { assertReplacedFilesAreWhole, checkpointed, partitionFilesOf } from './files-of-state.ts';

interface LogMark {
  /** All below was said to be durable. */
  readonly durableEnd: number;
  /** The log's start was said to be durable up to here. */
  readonly durableStart: number;
  /** The log's start had not moved beyond. */
  readonly highestStart: number;
  /** What was appended after a kill, in the place of all that would have come. */
  readonly after?: Appended;
}

interface Appended {
  readonly bytes: Uint8Array;
  readonly baseOffset: number;
  readonly endOffset: number;
}

const turns = 60;
const config = { segmentBytes: 1200, indexIntervalBytes: 150, retentionBytes: 6000, retentionMs: -1 };
const topic = 'topic';
const directory = 'topic-0';

class LogLife {
  readonly appended: Appended[] = [];
  readonly #random: SeededRandom;
  readonly #disk: RecordingDisk<LogMark>;
  readonly #sequences = [0, 0, 0];
  #fixture: LogFixture = logFixture();
  #log!: PartitionLog;
  #epoch = 0;
  #mark: LogMark = { durableEnd: 0, durableStart: 0, highestStart: 0 };
  segmentsDeleted = 0;

  constructor(random: SeededRandom, disk: RecordingDisk<LogMark>) {
    this.#random = random;
    this.#disk = disk;
  }

  async run(): Promise<void> {
    await this.#open(true);
    for (let turn = 0; turn < turns; turn++) {
      await this.#append();
      if (this.#random.oneIn(3)) await this.#flush();
      if (this.#random.oneIn(4)) await this.#checkpoint();
      if (this.#random.oneIn(6)) await this.#deleteRecords();
      if (this.#random.oneIn(5)) await this.#applyRetention();
      if (this.#random.oneIn(12)) await this.#open(false);
      if (this.#random.oneIn(12)) await this.#stopAndStart();
    }
  }

  #note(change: Partial<LogMark>): void {
    this.#mark = { ...this.#mark, ...change };
    this.#disk.mark(this.#mark);
  }

  /** As a node that starts does. What the last process kept in memory is gone. */
  async #open(isFirst: boolean): Promise<void> {
    this.#fixture = logFixture();
    this.#epoch += isFirst ? 0 : 1;
    this.#log = await openAsNodeDoes(this.#disk.inner as SimulatedDisk, this.#fixture, this.#disk);
    // What the process before wrote is in the page cache still.
    assert.equal(this.#log.logEndOffset, this.appended.at(-1)?.endOffset ?? 0);
  }

  async #append(): Promise<void> {
    // Answered when it is durable, or when it is written.
    const flushMessages = this.#random.oneIn(6) ? 1 : Number.MAX_SAFE_INTEGER;
    this.#log.setConfig({ ...defaultLogConfig, ...config, flushMessages });
    for (let batches = 1 + this.#random.below(3); batches > 0; batches--) this.#stage();
    await finished((done) => this.#log.submit(done));
    if (flushMessages === 1) assert.equal(this.#log.flushedOffset, this.#log.logEndOffset);
    this.#log.setHighWatermark(this.#log.logEndOffset);
    this.#note({ durableEnd: this.#log.flushedOffset });
  }

  #stage(): void {
    const log = this.#log;
    const baseOffset = log.nextOffset;
    const producer = this.#random.below(4) - 1;
    const count = 1 + this.#random.below(4);
    const identity = {
      producerId: BigInt(producer),
      producerEpoch: 0,
      baseSequence: this.#sequences[producer] ?? -1,
    };
    if (producer >= 0) this.#sequences[producer]! += count;
    const timestampMs = 1_000_000 + this.#random.below(1000);
    const bytes = testBatch({
      ...(producer < 0 ? {} : identity),
      ...{ baseOffset, partitionLeaderEpoch: this.#epoch, count, timestampMs, valueBytes: this.#random.below(150) },
    });
    log.stage(bytes, 0, bytes.length);
    this.appended.push({ bytes: Uint8Array.from(bytes), baseOffset, endOffset: baseOffset + count });
  }

  async #flush(): Promise<void> {
    const end = this.#log.logEndOffset;
    await finished((done) => this.#log.flush(done));
    assert.equal(this.#log.flushedOffset, end);
    this.#note({ durableEnd: end });
  }

  async #checkpoint(): Promise<void> {
    const { logStartOffset } = this.#log;
    await writeCheckpoints(this.#disk, this.#log);
    this.#note({ durableStart: logStartOffset });
  }

  async #deleteRecords(): Promise<void> {
    const { logStartOffset, logEndOffset } = this.#log;
    const offset = logStartOffset + this.#random.below(1 + ((logEndOffset - logStartOffset) >> 1));
    this.#log.deleteRecordsBefore(offset);
    this.#note({ highestStart: Math.max(this.#mark.highestStart, this.#log.logStartOffset) });
  }

  async #applyRetention(): Promise<void> {
    this.#note({ highestStart: this.#log.logEndOffset });
    // Once in a while all is too old, and the log goes on empty.
    const retentionMs = this.#random.oneIn(4) ? 1000 : -1;
    this.#log.setConfig({ ...defaultLogConfig, ...config, retentionMs });
    this.segmentsDeleted += await answered<number>((done) => this.#log.applyRetention(2_000_000, done));
    if (retentionMs >= 0) assert.equal(this.#log.logStartOffset, this.#log.logEndOffset);
    if (this.#random.oneIn(2)) this.#fixture.clock.advance(config.retentionBytes * 1000);
  }

  async #stopAndStart(): Promise<void> {
    await this.#flush();
    await finished((done) => this.#log.close(done));
    await this.#checkpoint();
    await finished((done) => this.#disk.replaceFile(cleanShutdownFileName, formatCleanShutdown(7), done));
    await this.#open(false);
  }
}

export async function logLife(seed: number): Promise<RecordedLife<LogMark>> {
  const start = { files: {}, directories: [] };
  const disk = new RecordingDisk<LogMark>(new SimulatedDisk(start));
  const life = new LogLife(new SeededRandom(seed), disk);
  await life.run();
  assert.ok(life.segmentsDeleted > 3, `${life.segmentsDeleted} segments were deleted`);
  return { start, recorded: disk.recorded, check: (state) => check(state, life.appended), restart };
}

async function restart(disk: SimulatedDisk, marks: readonly LogMark[]): Promise<LogMark> {
  const log = await openAsNodeDoes(disk, logFixture());
  const baseOffset = log.nextOffset;
  const bytes = testBatch({ baseOffset, partitionLeaderEpoch: 900, count: 2, valueBytes: 10 });
  log.stage(bytes, 0, bytes.length);
  await finished((done) => log.submit(done));
  await finished((done) => log.flush(done));
  await writeCheckpoints(disk, log);
  const { durableStart, highestStart } = marks.at(-1) ?? { durableStart: 0, highestStart: 0 };
  return {
    durableEnd: log.logEndOffset,
    durableStart,
    highestStart: Math.max(highestStart, log.logStartOffset),
    after: { bytes, baseOffset, endOffset: baseOffset + 2 },
  };
}

async function openAsNodeDoes(disk: SimulatedDisk, fixture: LogFixture, through: Disk = disk): Promise<PartitionLog> {
  const contents = disk.contents();
  const cleanShutdown = contents[cleanShutdownFileName] !== undefined;
  // As loadStorage does.
  await finished((done) => through.syncDirectory('.', done));
  if (cleanShutdown) {
    await finished((done) => through.remove(cleanShutdownFileName, done));
    await finished((done) => through.syncDirectory('.', done));
  }
  return openTestLog(through, fixture, { cleanShutdown, ...checkpointed(contents, directory), config });
}

async function writeCheckpoints(disk: Disk, log: PartitionLog): Promise<void> {
  const { recoveryPoint, highWatermark, logStartOffset } = log;
  const offsets = { recoveryPoint, highWatermark, logStartOffset };
  for (const [name, offset] of Object.entries(offsets)) {
    const bytes = formatOffsetCheckpoint([{ topic, partition: 0, offset }]);
    const file = checkpointFileNames[name as keyof typeof offsets];
    await finished((done) => disk.replaceFile(file, bytes, done));
  }
}

async function check(state: CrashState<LogMark>, appended: readonly Appended[]): Promise<void> {
  const { files } = state.image;
  assertReplacedFilesAreWhole(files);
  const mark: LogMark = state.marks.at(-1) ?? { durableEnd: 0, durableStart: 0, highestStart: 0 };
  const disk = new SimulatedDisk(state.image);
  const cleanShutdown = files[cleanShutdownFileName] !== undefined;
  const log = await openTestLog(disk, logFixture(), { cleanShutdown, ...checkpointed(files, directory), config });
  const { logStartOffset, logEndOffset } = log;
  assert.ok(logEndOffset >= mark.durableEnd, `the log ends at ${logEndOffset}, durable was ${mark.durableEnd}`);
  assert.ok(logStartOffset >= mark.durableStart, `the log starts at ${logStartOffset}, was ${mark.durableStart}`);
  // While nothing is durable the name of the first segment may be lost, and that of the second be kept.
  const mayStart = Math.max(mark.highestStart, mark.durableEnd === 0 ? logEndOffset : 0);
  assert.ok(logStartOffset <= mayStart, `the log starts at ${logStartOffset}, had not gone beyond ${mayStart}`);
  const { after } = mark;
  const kept =
    after === undefined ? appended : [...appended.filter((each) => each.endOffset <= after.baseOffset), after];
  await checkRecords(log, kept);
  const bytes = testBatch({ baseOffset: log.nextOffset, partitionLeaderEpoch: 1000 });
  log.stage(bytes, 0, bytes.length);
  await finished((done) => log.submit(done));
  assert.equal(log.logEndOffset, logEndOffset + 1, 'the log goes on where it ended');
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  const checked = checkPartitionFiles(partitionFilesOf(disk.contents(), directory), {
    isClosed: true,
    indexIntervalBytes: config.indexIntervalBytes,
    logStartOffset,
  });
  assert.equal(checked.endOffset, logEndOffset + 1);
}

/** Every record that is there is the one that was appended at its offset. */
async function checkRecords(log: PartitionLog, appended: readonly Appended[]): Promise<void> {
  let index = appended.findIndex((batch) => batch.endOffset > log.logStartOffset);
  for (let offset = log.logStartOffset; offset < log.logEndOffset; ) {
    const answer = await readFrom(log, offset);
    assert.ok(answer !== 'out-of-range' && answer.nextOffset > offset, `nothing at ${offset}`);
    for (let at = 0; at < answer.bytes.length; ) {
      const size = batchSizeBytes(answer.bytes, at);
      const found = answer.bytes.subarray(at, at + size);
      assert.ok(Buffer.from(appended[index]!.bytes).equals(found), `not what was at ${offset}`);
      offset = appended[index++]!.endOffset;
      at += size;
    }
    assert.equal(answer.nextOffset, offset);
  }
}
