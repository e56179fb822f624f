/** `meta.properties`: whose a log directory is (KIP-631, directory ids since KIP-858). */
import type { DirectoryId, NodeId, TimestampMs, Uuid } from '../../base/brands.ts';
import { decodeUtf8 } from '../../protocol/utf8.ts';
import { isUuid } from '../../protocol/uuid.ts';
import { utf8 } from '../utf8-bytes.ts';

export const metaPropertiesFileName = 'meta.properties';

export interface MetaProperties {
  readonly clusterId: Uuid;
  readonly nodeId: NodeId;
  /** Null in a directory that was formatted before directories had ids. */
  readonly directoryId: DirectoryId | null;
}

export class MetaPropertiesError extends Error {
  override readonly name = 'MetaPropertiesError';
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Version 1, as Apache Kafka writes it, time stamp included. */
export function encodeMetaProperties(properties: MetaProperties, nowMs: TimestampMs): Uint8Array {
  const date = new Date(nowMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const lines = ['#', `#${day} ${time} UTC ${date.getUTCFullYear()}`, `node.id=${properties.nodeId}`];
  if (properties.directoryId !== null) lines.push(`directory.id=${properties.directoryId}`);
  lines.push('version=1', `cluster.id=${properties.clusterId}`, '');
  return utf8(lines.join('\n'));
}

/** Reads version 1; unknown keys are let be. Throws MetaPropertiesError. */
export function decodeMetaProperties(bytes: Uint8Array): MetaProperties {
  const entries = new Map<string, string>();
  for (const line of decodeUtf8(bytes, 0, bytes.length).split(/\r\n|\r|\n/)) {
    const text = line.trimStart();
    if (text === '' || text.startsWith('#') || text.startsWith('!')) continue;
    const match = /^((?:\\.|[^\\=:\s])+)\s*[=:\s]\s*(.*)$/.exec(text);
    if (match !== null) entries.set(unescaped(match[1]), unescaped(match[2]).trimEnd());
  }
  const version = entries.get('version');
  if (version !== '1') {
    throw new MetaPropertiesError(version === undefined ? 'no version' : `version ${version} is not supported`);
  }
  const clusterId = entries.get('cluster.id');
  if (clusterId === undefined || clusterId === '') throw new MetaPropertiesError('no cluster.id');
  const nodeText = entries.get('node.id') ?? '';
  const nodeId = Number(nodeText);
  if (!/^\d+$/.test(nodeText) || nodeId > 0x7fffffff) throw new MetaPropertiesError('no node.id that is a number');
  const directoryId = entries.get('directory.id') ?? null;
  if (directoryId !== null && !isUuid(directoryId)) throw new MetaPropertiesError('directory.id is not a uuid');
  return { clusterId, nodeId, directoryId };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
