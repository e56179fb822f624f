/** `kafka-storage.sh info`: what the log directories of a node hold. */
import { statSync } from 'node:fs';
import type { BrokerConfig } from '#engine/metadata/config/broker-config.ts';
import type { MetaProperties } from '#engine/node/quorum/meta-properties.ts';
import { CommandError } from '../command-error.ts';
import { logDirectoryPaths, metaPropertiesOf, openDirectory } from './log-directories.ts';

export interface StorageInfo {
  readonly lines: readonly string[];
  readonly hasProblems: boolean;
}

export async function storageInfo(config: BrokerConfig): Promise<StorageInfo> {
  const directories: string[] = [];
  const problems: string[] = [];
  let first: MetaProperties | null = null;
  for (const path of logDirectoryPaths(config)) {
    const missing = notADirectory(path);
    if (missing !== null) {
      problems.push(missing);
      continue;
    }
    directories.push(path);
    try {
      const found = await metaPropertiesOf(openDirectory(path));
      if (found === null) problems.push(`${path} is not formatted.`);
      else if (first === null) first = found;
      else if (found.clusterId !== first.clusterId) {
        problems.push('Mismatched cluster IDs between storage directories.');
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      problems.push(error.message);
    }
  }
  return { lines: shown(directories, first, problems), hasProblems: problems.length > 0 };
}

function notADirectory(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return `${path} does not exist`;
  return stats.isDirectory() ? null : `${path} is not a directory`;
}

function shown(directories: readonly string[], found: MetaProperties | null, problems: readonly string[]): string[] {
  const lines: string[] = [];
  const section = (one: string, many: string, entries: readonly string[]) => {
    if (entries.length === 0) return;
    lines.push(entries.length === 1 ? one : many, ...entries.map((entry) => `  ${entry}`), '');
  };
  section('Found log directory:', 'Found log directories:', directories);
  if (found !== null) {
    const { clusterId, directoryId, nodeId } = found;
    const id = directoryId === null ? '' : `directory.id=${directoryId}, `;
    lines.push(`Found metadata: {cluster.id=${clusterId}, ${id}node.id=${nodeId}, version=1}`, '');
  }
  section('Found problem:', 'Found problems:', problems);
  return lines;
}
