/** A node's metadata directory, damaged: it is loaded, started and written to, or refused with a typed failure. */
import { setImmediate as turn } from 'node:timers/promises';
import { DiskError } from '#engine/base/disk.ts';
import { LogError } from '#engine/log/log-error.ts';
import {
  formatStorage,
  KraftStorageError,
  loadStorage,
  readBootstrapRecords,
} from '#engine/node/quorum/kraft-storage.ts';
import { MetadataLogError } from '#engine/node/quorum/metadata-log.ts';
import { QuorumStateError } from '#engine/node/quorum/quorum-state-file.ts';
import { MetadataCorruptError } from '#engine/node/quorum/raft-records.ts';
import { ProtocolError } from '#engine/protocol/protocol-error.ts';
import { checksum } from '#native/checksum.ts';
import { configRecord, metadataCodec, openNode, testVoter, until } from '../../support/metadata-log-fixture.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { SteppedClock } from '../../support/stepped-clock.ts';
import { damage } from '../support/damage.ts';
import { FuzzFailure, type FuzzTarget, pick } from '../support/target.ts';

type Files = Readonly<Record<string, Uint8Array>>;

const environment = { clock: new SteppedClock(), random: new SeededRandom(7), checksum, codec: metadataCodec };
const typed = [
  DiskError,
  KraftStorageError,
  QuorumStateError,
  MetadataCorruptError,
  ProtocolError,
  LogError,
  MetadataLogError,
];

/** A node that has led three times, with a log of some segments and snapshots. */
async function sampleFiles(): Promise<Files> {
  const disk = new SimulatedDisk();
  const quorum = { kind: 'initial-controllers', voters: [testVoter()] } as const;
  await formatStorage({ disks: [disk], metadata: disk }, { nodeId: 1, quorum }, environment);
  const snapshots = { maxNewRecordBytes: 300, retentionBytes: -1, retentionMs: -1 };
  for (let start = 0; start < 3; start++) {
    const node = await openNode(disk, { snapshots, segmentBytes: 600 });
    await node.driver.start();
    await until(node, () => node.listener.leads !== null);
    for (let i = 0; i < 12; i++) node.driver.append(node.listener.leads!, [configRecord(`k${i}`, `${start}`)]);
    await until(node, () => node.listener.highWatermark === node.driver.endOffset());
    await node.driver.close();
  }
  return disk.contents();
}

/** Whether the node came to lead, and could write. */
async function useNode(disk: SimulatedDisk): Promise<boolean> {
  await loadStorage({ disks: [disk], metadata: disk }, 1, environment);
  await readBootstrapRecords(disk, environment);
  const node = await openNode(disk, { segmentBytes: 600 });
  await node.driver.start();
  for (let turns = 0; turns < 60 && node.listener.leads === null && node.failures.length === 0; turns++) {
    node.clock.advance(100);
    await turn();
  }
  const isLeading = node.listener.leads !== null && node.failures.length === 0;
  if (isLeading) {
    const offset = node.driver.append(node.listener.leads!, [configRecord('again', 'x')]);
    for (let turns = 0; turns < 20 && node.listener.highWatermark <= offset && node.failures.length === 0; turns++) {
      node.clock.advance(1);
      await turn();
    }
  }
  const untyped = node.failures.find((failure) => !isTyped(failure));
  if (untyped !== undefined) throw new FuzzFailure('the metadata log failed', { cause: untyped });
  await node.driver.close();
  return isLeading;
}

function isTyped(error: unknown): boolean {
  return typed.some((type) => error instanceof type);
}

let sample: Promise<Files> | undefined;

export const metadataFilesTarget: FuzzTarget = {
  name: 'metadata-files',
  weight: 1,
  casesPerRound: 500,
  begin: async () => {
    sample ??= sampleFiles();
    const whole = await sample;
    return {
      run: async (random) => {
        const files: Record<string, Uint8Array> = { ...whole };
        for (let i = 1 + random.below(2); i > 0; i--) {
          const name = pick(random, Object.keys(files));
          if (random.oneIn(10)) delete files[name];
          else files[name] = damage(files[name]!, random);
        }
        try {
          return { decoded: await useNode(new SimulatedDisk({ files })) };
        } catch (error) {
          if (isTyped(error)) return { decoded: false };
          throw error;
        }
      },
    };
  },
};
