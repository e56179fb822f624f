/**
 * Logs that are moved to and fro between two log directories while they are appended to: future logs, changes of place,
 * moves that are called off or sent back, clean stops and deaths.
 */
import assert from 'node:assert/strict';
import { batchBaseOffset, batchSizeBytes } from '../../../engine/protocol/records/batch-view.ts';
import { checkPartitionFiles } from '../../support/check-partition-files.ts';
import { readFrom, testBatch } from '../../support/log-fixture.ts';
import { type CrashState, RecordingDisk } from '../../support/recording-disk.ts';
import { ScopedDisk } from '../../support/scoped-disk.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { RecordedLife } from './crash-life.ts';
import { assertReplacedFilesAreWhole, partitionFilesOf } from './files-of-state.ts';
import { SmallNode } from './small-node.ts';

interface MovesMark {
  /** By partition: what was said to be durable. */
  readonly durableEnds: readonly number[];
  /** By partition: nothing below was ever deleted, nothing from here on. */
  readonly deletedBefore: readonly number[];
  /** By partition: what was appended after a kill, in the place of all that would have come. */
  readonly after?: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

const turns = 45;
const partitions = 2;
const names = ['a', 'b'];
const config = { segmentBytes: 900, indexIntervalBytes: 200, fileDeleteDelayMs: 60_000 };
const topic = { name: 't', id: `${'A'.repeat(20)}1A`, partitions };
const start = { files: {}, directories: names };
const all = Array.from({ length: partitions }, (_, partition) => partition);

const disksOf = (disk: SimulatedDisk | RecordingDisk<MovesMark>): ScopedDisk[] =>
  names.map((name) => new ScopedDisk(disk, name));

class MovesLife {
  /** Batches of one record by partition, as they are in the log. */
  readonly appended: Uint8Array[][] = all.map(() => []);
  moved = 0;
  restartsWhileMoving = 0;
  readonly #random: SeededRandom;
  readonly #disk: RecordingDisk<MovesMark>;
  #mark: MovesMark = { durableEnds: all.map(() => 0), deletedBefore: all.map(() => 0) };
  #node!: SmallNode;
  readonly #places = all.map(() => 0);

  constructor(random: SeededRandom, disk: RecordingDisk<MovesMark>) {
    this.#random = random;
    this.#disk = disk;
  }

  async run(): Promise<void> {
    this.#node = await SmallNode.start(disksOf(this.#disk), [topic], config);
    for (let turn = 0; turn < turns; turn++) {
      const partition = this.#random.below(partitions);
      this.#append(partition);
      if (this.#random.oneIn(3)) await this.#flush(partition);
      if (this.#random.oneIn(3)) await this.#node.move('t', partition, this.#random.below(2));
      if (this.#random.oneIn(8)) this.#delete(partition);
      this.#node.step(this.#random.below(3));
      this.#countMoves();
      if (this.#random.oneIn(6)) await this.#node.writeCheckpoints();
      if (this.#random.oneIn(15)) this.#node.fixture.clock.advance(61_000);
      if (this.#random.oneIn(9)) await this.#again(this.#random.oneIn(2));
    }
  }

  #note(change: Partial<MovesMark>): void {
    this.#mark = { ...this.#mark, ...change };
    this.#disk.mark(this.#mark);
  }

  #append(partition: number): void {
    const batches = this.appended[partition]!;
    for (let count = 2 + this.#random.below(8); count > 0; count--) {
      const bytes = testBatch({ valueBytes: 20 + this.#random.below(200) });
      assert.equal(this.#node.append('t', partition, bytes), batches.length);
      batches.push(Uint8Array.from(bytes));
    }
  }

  async #flush(partition: number): Promise<void> {
    const end = await this.#node.flush('t', partition);
    this.#note({ durableEnds: this.#mark.durableEnds.with(partition, end) });
  }

  #delete(partition: number): void {
    const before = this.#random.below(this.appended[partition]!.length + 1);
    const deletedBefore = Math.max(before, this.#mark.deletedBefore[partition]!);
    this.#note({ deletedBefore: this.#mark.deletedBefore.with(partition, deletedBefore) });
    this.#node.deleteRecords('t', partition, before);
  }

  #countMoves(): void {
    for (const partition of all) {
      const place = this.#node.partition('t', partition).logDirectory;
      if (place !== this.#places[partition]) this.moved++;
      this.#places[partition] = place;
    }
  }

  async #again(isClean: boolean): Promise<void> {
    if (all.some((partition) => this.#node.futureOf('t', partition) >= 0)) this.restartsWhileMoving++;
    if (isClean) {
      await this.#node.stop();
      this.#note({ durableEnds: this.appended.map((batches) => batches.length) });
    }
    this.#node = await SmallNode.start(disksOf(this.#disk), [topic], config);
    this.#countMoves();
  }
}

export async function movesLife(seed: number): Promise<RecordedLife<MovesMark>> {
  const disk = new RecordingDisk<MovesMark>(new SimulatedDisk(start));
  const life = new MovesLife(new SeededRandom(seed), disk);
  await life.run();
  assert.ok(life.moved > 3, `${life.moved} moves came to their end`);
  assert.ok(life.restartsWhileMoving > 0, `${life.restartsWhileMoving} restarts while a log was being moved`);
  return { start, recorded: disk.recorded, check: (state) => check(state, life.appended), restart };
}

async function restart(disk: SimulatedDisk, marks: readonly MovesMark[]): Promise<MovesMark> {
  const node = await SmallNode.start(disksOf(disk), [topic], config);
  const durableEnds: number[] = [];
  const after: { offset: number; bytes: Uint8Array }[] = [];
  for (const partition of all) {
    const bytes = testBatch({ valueBytes: 30 });
    after.push({ offset: node.append('t', partition, bytes), bytes });
    node.step(20);
    durableEnds.push(await node.flush('t', partition));
  }
  await node.writeCheckpoints();
  return { durableEnds, deletedBefore: marks.at(-1)?.deletedBefore ?? all.map(() => 0), after };
}

async function check(state: CrashState<MovesMark>, appended: readonly Uint8Array[][]): Promise<void> {
  assertReplacedFilesAreWhole(state.image.files);
  const none = all.map(() => 0);
  const mark: MovesMark = state.marks.at(-1) ?? { durableEnds: none, deletedBefore: none };
  const disk = new SimulatedDisk(state.image);
  const node = await SmallNode.start(disksOf(disk), [topic], config);
  await checkRecords(node, mark, appended);
  // Moves that were under way come to their end, and take everything along.
  const ends = all.map((partition) => node.append('t', partition, testBatch({ count: 2 })) + 2);
  node.step(200);
  await checkRecords(node, mark, appended, ends);
  for (const partition of all) assert.equal(node.futureOf('t', partition), -1, `t-${partition} is still being moved`);
  await node.stop();
  const files = disk.contents();
  for (const partition of all) {
    const places = names.filter((name) => partitionFilesOf(files, `${name}/t-${partition}`).size > 0);
    assert.equal(places.length, 1, `t-${partition} lies in ${places}`);
    const own = partitionFilesOf(files, `${places[0]}/t-${partition}`);
    const closed = { isClosed: true, indexIntervalBytes: config.indexIntervalBytes };
    assert.equal(checkPartitionFiles(own, closed).endOffset, ends[partition]);
  }
  for (const path of Object.keys(files)) assert.ok(!path.includes('-future/'), `${path} is left`);
}

/** `ends`: where the logs end for sure; what is beyond what was sent is not looked at. */
async function checkRecords(
  node: SmallNode,
  { durableEnds, deletedBefore, after }: MovesMark,
  appended: readonly Uint8Array[][],
  ends?: readonly number[],
): Promise<void> {
  for (const partition of all) {
    const { log } = node.partition('t', partition);
    const { logStartOffset, logEndOffset } = log;
    const durableEnd = durableEnds[partition]!;
    assert.ok(logEndOffset >= durableEnd, `t-${partition} ends at ${logEndOffset}, durable was ${durableEnd}`);
    if (ends !== undefined) assert.equal(logEndOffset, ends[partition]);
    const isRightStart = logStartOffset <= deletedBefore[partition]! || durableEnd === 0;
    assert.ok(isRightStart, `t-${partition} starts at ${logStartOffset}`);
    const lastEnd = ends === undefined ? logEndOffset : logEndOffset - 2;
    for (let offset = logStartOffset; offset < lastEnd; ) {
      const answer = await readFrom(log, offset);
      assert.ok(answer !== 'out-of-range' && answer.nextOffset > offset, `nothing at ${offset}`);
      for (let at = 0; at < answer.bytes.length; at += batchSizeBytes(answer.bytes, at)) {
        const base = batchBaseOffset(answer.bytes, at);
        if (base >= lastEnd) break;
        const batch = Buffer.from(answer.bytes.subarray(at, at + batchSizeBytes(answer.bytes, at)));
        const late = after?.[partition];
        const sent = late?.offset === base ? late.bytes : appended[partition]![base]!;
        assert.ok(batch.equals(sent), `t-${partition}: not what was at ${base}`);
      }
      offset = answer.nextOffset;
    }
  }
}
