/** Readers of single files: what they accept is written again as it was read, and all else is refused in their own way. */
import { isDeepStrictEqual } from 'node:util';
import {
  formatCleanShutdown,
  formatOffsetCheckpoint,
  type PartitionOffset,
  parseCleanShutdown,
  parseOffsetCheckpoint,
} from '#engine/log/checkpoints.ts';
import { formatEpochs, parseEpochs } from '#engine/log/epoch-checkpoint.ts';
import { formatPartitionMetadata, parsePartitionMetadata } from '#engine/log/partition-metadata.ts';
import { ProducerEntry } from '#engine/log/producer-entry.ts';
import { decodeProducerSnapshot, encodeProducerSnapshot } from '#engine/log/producer-snapshot.ts';
import { brokerConfigWarnings, parseBrokerConfig, shardCount } from '#engine/metadata/config/broker-config.ts';
import { brokerKeys } from '#engine/metadata/config/definitions.ts';
import { decodeProperties, PropertiesError, parseProperties } from '#engine/metadata/config/properties.ts';
import { noDynamicConfigs, resolveBroker } from '#engine/metadata/config/resolve.ts';
import { ConfigError } from '#engine/metadata/config/types.ts';
import {
  decodeMetaProperties,
  encodeMetaProperties,
  MetaPropertiesError,
} from '#engine/node/quorum/meta-properties.ts';
import { decodeQuorumState, encodeQuorumState, QuorumStateError } from '#engine/node/quorum/quorum-state-file.ts';
import { writeInt32 } from '#engine/protocol/records/big-endian.ts';
import { checksum } from '#native/checksum.ts';
import { serverProperties } from '../../support/controller-fixture.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import { damage, damageText } from '../support/damage.ts';
import { FuzzFailure, type FuzzTarget, hex, pick } from '../support/target.ts';

/** One kind of file. `read` answers undefined where the bytes are no such file. */
interface FileKind {
  readonly name: string;
  make(random: SeededRandom): Uint8Array;
  read(bytes: Uint8Array): unknown;
  /** Absent: nothing writes such a file. */
  write?(value: never): Uint8Array;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const numbers = ['0', '1', '-1', '2147483647', '2147483648', '9007199254740993', '1e9', '0x1', ' ', '\n', ''];
const uuids = ['moKf96qFXlheT5A2kpuclQ', 'AAAAAAAAAAAAAAAAAAAAAA', '4L6g3nShT-eMCtK--X86sw'];

/** Undefined for the error that the reader has for bytes that are not its own. */
function orUndefined<T>(kind: new (...args: never[]) => Error, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof kind) return undefined;
    throw error;
  }
}

const offsetCheckpoint: FileKind = {
  name: 'offset checkpoint',
  make: (random) =>
    formatOffsetCheckpoint(
      Array.from({ length: random.below(6) }, (_, partition) => ({
        topic: `t${partition}`,
        partition,
        offset: random.below(1000),
      })),
    ),
  read: (bytes) => {
    const entries: PartitionOffset[] = [];
    const isWhole = parseOffsetCheckpoint(bytes, (topic, partition, offset) =>
      entries.push({ topic, partition, offset }),
    );
    return isWhole ? entries : undefined;
  },
  write: (entries) => formatOffsetCheckpoint(entries),
};

const epochs: FileKind = {
  name: 'leader-epoch-checkpoint',
  make: (random) =>
    formatEpochs(
      Array.from({ length: random.below(6) }, (_, epoch) => ({ epoch, startOffset: epoch * random.below(50) })),
    ),
  read: (bytes) => parseEpochs(bytes) ?? undefined,
  write: (entries) => formatEpochs(entries),
};

const partitionMetadata: FileKind = {
  name: 'partition.metadata',
  make: (random) => formatPartitionMetadata({ version: 0, topicId: pick(random, uuids) }),
  read: (bytes) => parsePartitionMetadata(bytes) ?? undefined,
  write: (metadata) => formatPartitionMetadata(metadata),
};

const cleanShutdown: FileKind = {
  name: '.kafka_cleanshutdown',
  make: (random) => formatCleanShutdown(random.below(1000) - 1),
  read: (bytes) => {
    const epoch = parseCleanShutdown(bytes);
    if (!Number.isInteger(epoch)) throw new FuzzFailure(`${epoch} is no epoch`);
    return epoch;
  },
  write: (epoch) => formatCleanShutdown(epoch),
};

const producerSnapshot: FileKind = {
  name: 'producer snapshot',
  make: (random) => {
    const producers = new Map<bigint, ProducerEntry>();
    for (let n = random.below(5); n > 0; n--) {
      const entry = new ProducerEntry();
      entry.epoch = random.below(9);
      producers.set(BigInt(random.below(1000)), entry);
    }
    const bytes = encodeProducerSnapshot(producers as never, checksum);
    // Changed under a checksum that is right all the same.
    if (random.oneIn(2) && bytes.length > 10) {
      bytes[10 + random.below(bytes.length - 10)] = random.below(256);
      writeInt32(bytes, 2, checksum.crc32c(bytes.subarray(6)));
    }
    return bytes;
  },
  read: (bytes) => decodeProducerSnapshot(bytes, checksum) ?? undefined,
  write: (producers) => encodeProducerSnapshot(producers, checksum),
};

const metaProperties: FileKind = {
  name: 'meta.properties',
  make: (random) =>
    encodeMetaProperties(
      { clusterId: pick(random, uuids), nodeId: random.below(9), directoryId: pick(random, uuids) },
      0,
    ),
  read: (bytes) => orUndefined(MetaPropertiesError, () => decodeMetaProperties(bytes)),
  write: (properties) => encodeMetaProperties(properties, 0),
};

const quorumState: FileKind = {
  name: 'quorum-state',
  make: (random) =>
    encodeQuorumState(
      {
        epoch: random.below(9),
        leaderId: random.below(3) - 1,
        voted: random.oneIn(2) ? null : { id: 1, directoryId: pick(random, uuids) },
      },
      1,
      [],
    ),
  read: (bytes) => orUndefined(QuorumStateError, () => decodeQuorumState(bytes)),
  write: (state) => encodeQuorumState(state, 1, []),
};

const configWords = [
  ...numbers,
  ...'true false PLAINTEXT:// CONTROLLER SSL SASL_SSL 127.0.0.1:9092 [::1]:1 , = : \\ \\u00 # broker @'.split(' '),
];
const configNames = [...brokerKeys.keys()];

const serverConfig: FileKind = {
  name: 'server.properties',
  make: (random) => {
    const lines = [...serverProperties].map(([key, value]) => `${key}=${value}`);
    for (let n = random.below(5); n > 0; n--) lines.push(`${pick(random, configNames)}=${pick(random, configWords)}`);
    return bytesOf(lines.join(random.oneIn(9) ? '\r\n' : '\n'));
  },
  read: (bytes) =>
    orUndefined(PropertiesError, () => {
      const properties = parseProperties(decodeProperties(bytes));
      return orUndefined(ConfigError, () => {
        const config = parseBrokerConfig(properties);
        brokerConfigWarnings(config);
        if (!(shardCount(config, 2) >= 1)) throw new FuzzFailure('no shards');
        return resolveBroker(config, noDynamicConfigs).values;
      });
    }),
};

const kinds: readonly FileKind[] = [
  offsetCheckpoint,
  epochs,
  partitionMetadata,
  cleanShutdown,
  producerSnapshot,
  metaProperties,
  quorumState,
  serverConfig,
];

function damaged(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  if (random.oneIn(2)) return damage(bytes, random);
  return bytesOf(damageText(Buffer.from(bytes).toString('latin1'), configWords, random));
}

export const smallFilesTarget: FuzzTarget = {
  name: 'small-files',
  weight: 20,
  casesPerRound: 5000,
  begin: () => ({
    run: (random) => {
      const kind = pick(random, kinds);
      const whole = kind.make(random);
      const isWhole = random.oneIn(2);
      const bytes = isWhole ? whole : damaged(whole, random);
      try {
        return { decoded: checkKind(kind, bytes) };
      } catch (error) {
        throw new FuzzFailure(`${kind.name}: ${hex(bytes)}`, { cause: error });
      }
    },
  }),
};

function checkKind(kind: FileKind, bytes: Uint8Array): boolean {
  const value = kind.read(bytes);
  if (value === undefined) return false;
  if (kind.write === undefined) return true;
  const again = kind.read(kind.write(value as never));
  if (!isDeepStrictEqual(again, value))
    throw new FuzzFailure(`read ${JSON.stringify(value)}, then ${JSON.stringify(again)}`);
  return true;
}
