/**
 * A controller's life on two log directories: formatting (meta.properties, bootstrap.checkpoint, the first snapshot), the
 * metadata log with quorum-state, segments and snapshots of which old ones go, deaths and clean ends.
 */
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Disk } from '../../../engine/base/disk.ts';
import {
  formatStorage,
  isUnformatted,
  type LoadedStorage,
  type LogDirectories,
  loadStorage,
  readBootstrapRecords,
} from '../../../engine/node/quorum/kraft-storage.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import { checkPartitionFiles } from '../../support/check-partition-files.ts';
import {
  configRecord,
  metadataCodec,
  openNode,
  type TestNode,
  testVoter,
  until,
} from '../../support/metadata-log-fixture.ts';
import { type CrashState, RecordingDisk } from '../../support/recording-disk.ts';
import { ScopedDisk } from '../../support/scoped-disk.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { SteppedClock } from '../../support/stepped-clock.ts';
import type { RecordedLife } from './crash-life.ts';
import { assertReplacedFilesAreWhole, partitionFilesOf } from './files-of-state.ts';

interface MetadataMark {
  /** The node had been told that its directories are formatted. */
  readonly clusterId: string | null;
  readonly committed: ReadonlyMap<string, number>;
  readonly ledEpochs: ReadonlySet<number>;
}

const nodeId = 1;
const processes = 4;
const appendsPerProcess = 8;
const { endpoints } = testVoter();
const limits = { segmentBytes: 600, snapshots: { maxBytesBetween: 400, retentionBytes: 800 } };
const start = { files: {}, directories: ['a', 'b'] };

function environmentFrom(random: SeededRandom) {
  return { clock: new SteppedClock(), random, checksum, codec: metadataCodec };
}

function directoriesOn(disk: Disk): LogDirectories {
  const metadata = new ScopedDisk(disk, 'a');
  return { disks: [metadata, new ScopedDisk(disk, 'b')], metadata };
}

function format(directories: LogDirectories, random: SeededRandom): Promise<LoadedStorage> {
  return formatStorage(directories, { nodeId, quorum: { kind: 'standalone', endpoints } }, environmentFrom(random));
}

async function lead(directories: LogDirectories, { metadataDirectoryId }: LoadedStorage): Promise<TestNode> {
  const node = await openNode(directories.metadata, { ...limits, nodeId, endpoints, directoryId: metadataDirectoryId });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  return node;
}

class MetadataLife {
  readonly #random: SeededRandom;
  readonly #disk: RecordingDisk<MetadataMark>;
  readonly #directories: LogDirectories;
  #mark: MetadataMark = { clusterId: null, committed: new Map(), ledEpochs: new Set() };
  #next = 1;

  constructor(random: SeededRandom, disk: RecordingDisk<MetadataMark>) {
    this.#random = random;
    this.#disk = disk;
    this.#directories = directoriesOn(disk);
  }

  async run(): Promise<void> {
    const { clusterId } = await format(this.#directories, this.#random);
    this.#note({ clusterId });
    for (let process = 0; process < processes; process++) {
      const loaded = await loadStorage(this.#directories, nodeId, environmentFrom(this.#random));
      const node = await lead(this.#directories, loaded);
      const epoch = node.listener.leads!;
      assert.ok(!this.#mark.ledEpochs.has(epoch), `epoch ${epoch} is led twice`);
      this.#note({ ledEpochs: new Set([...this.#mark.ledEpochs, epoch]) });
      for (let append = 0; append < appendsPerProcess; append++) await this.#append(node);
      await node.driver.snapshotsSettled();
      assert.deepEqual(node.failures, []);
      // Else the process dies: what it began is in the page cache.
      if (this.#random.oneIn(2)) await node.driver.close();
    }
  }

  #note(change: Partial<MetadataMark>): void {
    this.#mark = { ...this.#mark, ...change };
    this.#disk.mark(this.#mark);
  }

  async #append({ driver, listener, clock }: TestNode): Promise<void> {
    const value = this.#next++;
    const names = Array.from({ length: 1 + this.#random.below(3) }, (_, index) => `k${(value + index) % 7}`);
    driver.append(
      listener.leads!,
      names.map((name) => configRecord(name, String(value))),
    );
    for (let turns = 0; turns < 3; turns++) {
      clock.advance(1);
      await turn();
    }
    this.#note({ committed: committedOf(listener) });
  }
}

export async function metadataLife(seed: number): Promise<RecordedLife<MetadataMark>> {
  const disk = new RecordingDisk<MetadataMark>(new SimulatedDisk(start));
  await new MetadataLife(new SeededRandom(seed), disk).run();
  const snapshots = disk.recorded.filter((entry) => entry.kind === 'move' && entry.to.endsWith('.checkpoint'));
  assert.ok(snapshots.length > 3, `${snapshots.length} snapshots`);
  return { start, recorded: disk.recorded, check, restart };
}

async function restart(disk: SimulatedDisk, marks: readonly MetadataMark[]): Promise<MetadataMark> {
  const directories = directoriesOn(disk);
  const random = new SeededRandom(98);
  if (await isUnformatted(directories)) await format(directories, random);
  const loaded = await loadStorage(directories, nodeId, environmentFrom(random));
  const { listener } = await lead(directories, loaded);
  const ledEpochs = new Set([...(marks.at(-1)?.ledEpochs ?? []), listener.leads!]);
  return { clusterId: loaded.clusterId, committed: committedOf(listener), ledEpochs };
}

function committedOf({ committedState }: TestNode['listener']): ReadonlyMap<string, number> {
  return new Map([...committedState].map(([name, text]) => [name, Number(text)]));
}

async function check(state: CrashState<MetadataMark>): Promise<void> {
  assertReplacedFilesAreWhole(state.image.files);
  const mark = state.marks.at(-1) ?? { clusterId: null, committed: new Map(), ledEpochs: new Set() };
  const disk = new SimulatedDisk(state.image);
  const directories = directoriesOn(disk);
  const random = new SeededRandom(99);
  if (await isUnformatted(directories)) {
    assert.equal(mark.clusterId, null, 'a formatted node is formatted still');
    await format(directories, random);
  }
  const loaded = await loadStorage(directories, nodeId, environmentFrom(random));
  assert.ok(mark.clusterId === null || loaded.clusterId === mark.clusterId, 'the cluster is the same');
  assert.ok((await readBootstrapRecords(directories.metadata, environmentFrom(random))).length > 0);
  const node = await lead(directories, loaded);
  assert.ok(!mark.ledEpochs.has(node.listener.leads!), `epoch ${node.listener.leads} is led twice`);
  for (const [name, value] of mark.committed) {
    const found = Number(node.listener.committedState.get(name) ?? -1);
    assert.ok(found >= value, `${name} was committed as ${value} and is ${found}`);
  }
  node.driver.append(node.listener.leads!, [configRecord('after', '1')]);
  await until(node, () => node.listener.committedState.get('after') === '1');
  await node.driver.snapshotsSettled();
  await node.driver.close();
  assert.deepEqual(node.failures, []);
  const files = partitionFilesOf(disk.contents(), 'a/__cluster_metadata-0');
  checkPartitionFiles(files, { isClosed: true, indexIntervalBytes: 4096 });
}
