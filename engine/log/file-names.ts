import type { Uuid } from '../base/brands.ts';
import { uuidHex } from '../protocol/uuid.ts';

/** Names of the files of a partition's log (Kafka's layout). */
export const fileSuffix = {
  log: '.log',
  offsetIndex: '.index',
  timeIndex: '.timeindex',
  transactionIndex: '.txnindex',
  snapshot: '.snapshot',
  deleted: '.deleted',
  cleaned: '.cleaned',
  swap: '.swap',
  temporary: '.tmp',
} as const;

export const leaderEpochFileName = 'leader-epoch-checkpoint';
export const partitionMetadataFileName = 'partition.metadata';

/** Offsets in file names have twenty digits. */
const offsetDigits = 20;

export function offsetFileName(offset: number, suffix: string): string {
  return `${String(offset).padStart(offsetDigits, '0')}${suffix}`;
}

export interface ParsedFileName {
  readonly offset: number;
  /** Everything after the digits, e.g. `.log` or `.index.deleted`. */
  readonly suffix: string;
}

/** Null for a name that does not begin with twenty digits and a dot, or whose offset is beyond what the engine holds. */
export function parseOffsetFileName(name: string): ParsedFileName | null {
  if (name.length <= offsetDigits || name.charCodeAt(offsetDigits) !== 0x2e) return null;
  let offset = 0;
  for (let i = 0; i < offsetDigits; i++) {
    const digit = name.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return null;
    offset = offset * 10 + digit;
  }
  return Number.isSafeInteger(offset) ? { offset, suffix: name.slice(offsetDigits) } : null;
}

export function partitionDirectoryName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/** Kafka cuts the topic so that the name with its 32 hex digits stays within the 255 bytes of a file name. */
const maxDirectoryNameLength = 255;

/** `topic-N.<uuid>-delete`, to which a directory is renamed before its files are removed. `uuidHex` has 32 digits. */
export function deletedDirectoryName(topic: string, partition: number, uuidHex: string): string {
  const suffix = `-${partition}.${uuidHex}-delete`;
  return `${topic.slice(0, maxDirectoryNameLength - suffix.length)}${suffix}`;
}

/** `topic-N.<uuid>-stray`, to which a directory is renamed that the cluster knows nothing of. */
export function strayDirectoryName(topic: string, partition: number, uuidHex: string): string {
  const suffix = `-${partition}.${uuidHex}-stray`;
  return `${topic.slice(0, maxDirectoryNameLength - suffix.length)}${suffix}`;
}

/**
 * `topic-N.<uuid>-future`, in which a replica is copied to another log directory. The topic's id stands for the uuid, so
 * that the name is known to whoever knows the partition.
 */
export function futureDirectoryName(topic: string, partition: number, topicId: Uuid): string {
  return `${topic}-${partition}.${uuidHex(topicId)}-future`;
}

/** Whether the future directory's name, unlike others, which are cut, is too long for a file system (KAFKA-4893). */
export function isTooLongForFuture(topic: string, partition: number): boolean {
  return `${topic}-${partition}.-future`.length + 32 > maxDirectoryNameLength;
}

export type DirectoryKind = 'partition' | 'deleted' | 'future' | 'stray' | 'other';

export interface ParsedDirectoryName {
  readonly kind: DirectoryKind;
  readonly topic: string;
  readonly partition: number;
}

const other: ParsedDirectoryName = { kind: 'other', topic: '', partition: -1 };
const renamedSuffixes: readonly (readonly [string, DirectoryKind])[] = [
  ['-delete', 'deleted'],
  ['-future', 'future'],
  ['-stray', 'stray'],
];

/** What an entry of a log directory is. */
export function parseDirectoryName(name: string): ParsedDirectoryName {
  let kind: DirectoryKind = 'partition';
  let base = name;
  for (const [suffix, renamedKind] of renamedSuffixes) {
    if (!name.endsWith(suffix)) continue;
    const cut = name.slice(0, -suffix.length);
    const dot = cut.lastIndexOf('.');
    if (dot > 0 && isHex32(cut.slice(dot + 1))) {
      kind = renamedKind;
      base = cut.slice(0, dot);
    }
    break;
  }
  const dash = base.lastIndexOf('-');
  if (dash <= 0 || dash === base.length - 1) return other;
  const digits = base.slice(dash + 1);
  if (digits.length > 10) return other;
  for (let i = 0; i < digits.length; i++) {
    const code = digits.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return other;
  }
  const partition = Number(digits);
  return partition > 0x7fffffff ? other : { kind, topic: base.slice(0, dash), partition };
}

function isHex32(text: string): boolean {
  if (text.length !== 32) return false;
  for (let i = 0; i < 32; i++) {
    const code = text.charCodeAt(i) | 0x20;
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return true;
}
