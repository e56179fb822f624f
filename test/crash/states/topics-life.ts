/**
 * A broker's log directory while topics are made, deleted and made again under the same name: directories renamed and
 * removed, partition.metadata, the checkpoint files of many logs, clean stops and deaths.
 */
import assert from 'node:assert/strict';
import { batchSizeBytes } from '../../../engine/protocol/records/batch-view.ts';
import { checkPartitionFiles } from '../../support/check-partition-files.ts';
import { readFrom, testBatch } from '../../support/log-fixture.ts';
import { type CrashState, RecordingDisk } from '../../support/recording-disk.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { RecordedLife } from './crash-life.ts';
import { assertReplacedFilesAreWhole, partitionFilesOf } from './files-of-state.ts';
import { SmallNode, type SmallTopic } from './small-node.ts';

interface TopicsMark {
  readonly topics: readonly SmallTopic[];
  /** By topic id and partition: what was said to be durable. */
  readonly durableEnds: ReadonlyMap<string, number>;
  /** By topic id and partition: what was appended after a kill, in the place of all that would have come. */
  readonly after?: ReadonlyMap<string, { readonly offset: number; readonly bytes: Uint8Array }>;
}

const turns = 70;
const names = ['first', 'second', 'third'];
const partitions = 2;
const config = { segmentBytes: 900, indexIntervalBytes: 200 };
const start = { files: {}, directories: [] };

const keyOf = (topic: SmallTopic, partition: number): string => `${topic.id}-${partition}`;

class TopicsLife {
  /** Batches by topic id and partition, as they are in the log. */
  readonly appended = new Map<string, Uint8Array[]>();
  deleted = 0;
  readonly #random: SeededRandom;
  readonly #disk: RecordingDisk<TopicsMark>;
  #mark: TopicsMark = { topics: [], durableEnds: new Map() };
  #node!: SmallNode;
  #nextId = 1;

  constructor(random: SeededRandom, disk: RecordingDisk<TopicsMark>) {
    this.#random = random;
    this.#disk = disk;
  }

  async run(): Promise<void> {
    this.#node = await SmallNode.start(this.#disk, [], config);
    for (let turn = 0; turn < turns; turn++) {
      const name = names[this.#random.below(names.length)]!;
      const topic = this.#mark.topics.find((each) => each.name === name);
      if (topic === undefined) await this.#create(name);
      else if (this.#random.oneIn(7)) this.#remove(topic);
      else await this.#use(topic);
      if (this.#random.oneIn(6)) await this.#node.writeCheckpoints();
      if (this.#random.oneIn(8)) this.#node.fixture.clock.advance(61_000);
      if (this.#random.oneIn(8)) await this.#again(this.#random.oneIn(2));
    }
  }

  #note(change: Partial<TopicsMark>): void {
    this.#mark = { ...this.#mark, ...change };
    this.#disk.mark(this.#mark);
  }

  async #create(name: string): Promise<void> {
    const topic = { name, id: `${String(this.#nextId++).padStart(21, 'A')}A`, partitions };
    // The metadata log has it before any file is touched.
    this.#note({ topics: [...this.#mark.topics, topic] });
    await this.#node.create(topic);
  }

  #remove(topic: SmallTopic): void {
    this.#note({ topics: this.#mark.topics.filter((each) => each !== topic) });
    this.#node.remove(topic);
    this.deleted++;
  }

  async #use(topic: SmallTopic): Promise<void> {
    const partition = this.#random.below(partitions);
    const key = keyOf(topic, partition);
    const batches = this.appended.get(key) ?? [];
    this.appended.set(key, batches);
    for (let count = 1 + this.#random.below(3); count > 0; count--) {
      const bytes = testBatch({ valueBytes: 20 + this.#random.below(200) });
      const offset = this.#node.append(topic.name, partition, bytes);
      assert.equal(offset, batches.length);
      batches.push(Uint8Array.from(bytes));
    }
    if (!this.#random.oneIn(2)) return;
    const endOffset = await this.#node.flush(topic.name, partition);
    this.#note({ durableEnds: new Map([...this.#mark.durableEnds, [key, endOffset]]) });
  }

  async #again(isClean: boolean): Promise<void> {
    if (isClean) {
      await this.#node.stop();
      const ends = this.#mark.topics.flatMap((topic) =>
        Array.from({ length: partitions }, (_, partition): [string, number] => {
          const key = keyOf(topic, partition);
          return [key, this.appended.get(key)?.length ?? 0];
        }),
      );
      this.#note({ durableEnds: new Map(ends) });
    }
    this.#node = await SmallNode.start(this.#disk, this.#mark.topics, config);
  }
}

export async function topicsLife(seed: number): Promise<RecordedLife<TopicsMark>> {
  const disk = new RecordingDisk<TopicsMark>(new SimulatedDisk(start));
  const life = new TopicsLife(new SeededRandom(seed), disk);
  await life.run();
  assert.ok(life.deleted > 2, `${life.deleted} topics were deleted`);
  return { start, recorded: disk.recorded, check: (state) => check(state, life.appended), restart };
}

async function restart(disk: SimulatedDisk, marks: readonly TopicsMark[]): Promise<TopicsMark> {
  const topics = marks.at(-1)?.topics ?? [];
  const node = await SmallNode.start(disk, topics, config);
  const durableEnds = new Map<string, number>();
  const after = new Map<string, { offset: number; bytes: Uint8Array }>();
  for (const topic of topics) {
    for (let partition = 0; partition < partitions; partition++) {
      const key = keyOf(topic, partition);
      const bytes = testBatch({ valueBytes: 30 });
      after.set(key, { offset: node.append(topic.name, partition, bytes), bytes });
      durableEnds.set(key, await node.flush(topic.name, partition));
    }
  }
  await node.writeCheckpoints();
  return { topics, durableEnds, after };
}

async function check(state: CrashState<TopicsMark>, appended: ReadonlyMap<string, Uint8Array[]>): Promise<void> {
  assertReplacedFilesAreWhole(state.image.files);
  const mark: TopicsMark = state.marks.at(-1) ?? { topics: [], durableEnds: new Map() };
  const disk = new SimulatedDisk(state.image);
  const node = await SmallNode.start(disk, mark.topics, config);
  const ends = new Map<string, number>();
  for (const topic of mark.topics) {
    for (let partition = 0; partition < partitions; partition++) {
      const key = keyOf(topic, partition);
      const name = `${topic.name}-${partition}`;
      const { startOffset, endOffset, batches } = await recordsOf(node, topic, partition);
      const durableEnd = mark.durableEnds.get(key) ?? 0;
      assert.ok(endOffset >= durableEnd, `${name} ends at ${endOffset}, durable was ${durableEnd}`);
      // While nothing is durable the name of the first segment may be lost, and that of the second be kept.
      assert.ok(startOffset === 0 || durableEnd === 0, `${name} starts at ${startOffset}`);
      batches.forEach((batch, index) => {
        const offset = startOffset + index;
        const after = mark.after?.get(key);
        const sent = after?.offset === offset ? after.bytes : appended.get(key)![offset]!;
        assert.ok(batch.equals(sent), `${name}: not what was at ${offset}`);
      });
      assert.equal(node.append(topic.name, partition, testBatch({ count: 2 })), endOffset);
      ends.set(name, endOffset + 2);
    }
  }
  await node.stop();
  const files = disk.contents();
  for (const [name, endOffset] of ends) {
    const check = { isClosed: true, indexIntervalBytes: config.indexIntervalBytes };
    assert.equal(checkPartitionFiles(partitionFilesOf(files, name), check).endOffset, endOffset, name);
  }
  for (const path of Object.keys(files)) assert.ok(!path.includes('-delete/'), `${path} is of a deleted topic`);
}

interface FoundLog {
  readonly startOffset: number;
  readonly endOffset: number;
  /** Each holds one record. */
  readonly batches: readonly Buffer[];
}

async function recordsOf(node: SmallNode, topic: SmallTopic, partition: number): Promise<FoundLog> {
  const { log } = node.partition(topic.name, partition);
  const { logStartOffset, logEndOffset } = log;
  const batches: Buffer[] = [];
  for (let offset = logStartOffset; offset < logEndOffset; ) {
    const answer = await readFrom(log, offset);
    assert.ok(answer !== 'out-of-range' && answer.nextOffset > offset, `nothing at ${offset}`);
    for (let at = 0; at < answer.bytes.length; at += batchSizeBytes(answer.bytes, at)) {
      batches.push(Buffer.from(answer.bytes.subarray(at, at + batchSizeBytes(answer.bytes, at))));
    }
    offset = answer.nextOffset;
  }
  return { startOffset: logStartOffset, endOffset: logEndOffset, batches };
}
