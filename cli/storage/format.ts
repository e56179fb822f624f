/** `kafka-storage.sh format`: makes the empty log directories of a node its own. */
import { resolve } from 'node:path';
import { type Disk, DiskError } from '#engine/base/disk.ts';
import { systemClock } from '#engine/io/clock.ts';
import { SystemRandom } from '#engine/io/random.ts';
import type { BrokerConfig } from '#engine/metadata/config/broker-config.ts';
import {
  firstVoters,
  formatDirectory,
  type KraftStorageEnvironment,
  ownVoter,
} from '#engine/node/quorum/kraft-storage.ts';
import type { MetaProperties } from '#engine/node/quorum/meta-properties.ts';
import { loadMetadataRecordCodec } from '#engine/node/quorum/metadata-record-codec.ts';
import { metadataVersionName } from '#engine/protocol/features.ts';
import { randomDirectoryId } from '#engine/protocol/uuid.ts';
import { checksum } from '#native/checksum.ts';
import { CommandError } from '../command-error.ts';
import type { FormatPlan } from './format-plan.ts';
import { logDirectoryPaths, makeDirectory, metaPropertiesOf, openDirectory } from './log-directories.ts';

/** Formats what is not formatted; says what it does, a line each. Throws CommandError. */
export async function format(
  config: BrokerConfig,
  plan: FormatPlan,
  ignoreFormatted: boolean,
  say: (line: string) => void,
): Promise<void> {
  const metadataPath = resolve(config.metadataLogDir);
  const empty: Disk[] = [];
  for (const path of logDirectoryPaths(config)) {
    makeDirectory(path);
    const disk = openDirectory(path);
    const found = await metaPropertiesOf(disk);
    if (found === null) {
      empty.push(disk);
      continue;
    }
    refuseOthers(path, found, config.nodeId, plan.clusterId);
    if (!ignoreFormatted) {
      throw new CommandError(
        `Log directory ${path} is already formatted. Use --ignore-formatted to ignore this directory and format the others.`,
      );
    }
  }
  if (empty.length === 0) {
    say('All of the log directories are already formatted.');
    return;
  }
  say(bootstrapLine(plan));
  // The metadata directory first: with it the node is formatted, and what is empty then is made its own at the start.
  empty.sort((a, b) => Number(b.root === metadataPath) - Number(a.root === metadataPath));
  const environment = {
    clock: systemClock,
    random: new SystemRandom(),
    checksum,
    codec: await loadMetadataRecordCodec(),
  };
  for (const disk of empty) await formatOne(disk, config.nodeId, disk.root === metadataPath, plan, environment, say);
}

async function formatOne(
  disk: Disk,
  nodeId: number,
  isMetadata: boolean,
  { clusterId, quorum, levels }: FormatPlan,
  environment: KraftStorageEnvironment,
  say: (line: string) => void,
): Promise<void> {
  const isInitial = isMetadata && quorum.kind === 'initial-controllers';
  const mine = isInitial ? ownVoter(quorum.voters, nodeId) : undefined;
  const directoryId = mine?.directoryId ?? randomDirectoryId(environment.random);
  const voters = isMetadata ? firstVoters(quorum, nodeId, directoryId) : [];
  const kind = !isMetadata
    ? 'data'
    : ownVoter(voters, nodeId) !== undefined
      ? 'dynamic metadata voter'
      : voters.length > 0
        ? 'dynamic metadata'
        : 'metadata';
  say(
    `Formatting ${kind} directory ${disk.root} with metadata.version ${metadataVersionName(levels.metadataVersion)}.`,
  );
  try {
    const features = levels.recorded;
    await formatDirectory(disk, { clusterId, nodeId, directoryId, features, voters }, environment);
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    throw new CommandError(`Error while writing meta.properties file ${disk.root}: ${error.message}`);
  }
}

function refuseOthers(path: string, found: MetaProperties, nodeId: number, clusterId: string): void {
  const file = `${path}/meta.properties`;
  if (found.clusterId !== clusterId) {
    throw new CommandError(`Invalid cluster.id in: ${file}. Expected ${clusterId}, but read ${found.clusterId}`);
  }
  if (found.nodeId !== nodeId) {
    throw new CommandError(
      `Stored node id ${found.nodeId} doesn't match previous node id ${nodeId} in ${file}. If you moved your data, ` +
        'make sure your configured node id matches. If you intend to create a new node, you should remove all data ' +
        'in your data directories.',
    );
  }
}

/** In the words in which Apache Kafka's tool shows them, for who reads these lines by program. */
function bootstrapLine({ levels }: FormatPlan): string {
  const records = levels.recorded.map(
    ({ name, level }) => `ApiMessageAndVersion(FeatureLevelRecord(name='${name}', featureLevel=${level}) at version 0)`,
  );
  const rest = `metadataVersionLevel=${levels.metadataVersion}, source=format command`;
  return `Bootstrap metadata: BootstrapMetadata(records=[${records.join(', ')}], ${rest})`;
}
