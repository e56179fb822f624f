/** The command line of `npm run cluster`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PropertiesError, parseOverride } from '#engine/metadata/config/properties.ts';
import { UsageError } from '../command-error.ts';
import { type ClusterShape, clusterLimits } from './layout.ts';

export const clusterUsage = `usage: npm run cluster -- [--nodes N] [--controllers N] [--dir D] [--base-port P] [--override key=value]... [--clean]

  --nodes N             brokers, 3 unless given; they are controllers too
  --controllers N       so many nodes that are only controllers, and brokers that are only brokers
  --dir D               where the nodes' directories are, data/cluster unless given; data that is there is gone on with
  --base-port P         the first port, 9092 unless given; each node takes two
  --override key=value  a property of every node
  --clean               begins with nothing: removes what D holds`;

export interface ClusterOptions {
  readonly directory: string;
  readonly clean: boolean;
  readonly overrides: readonly (readonly [string, string])[];
  /** What was said of the shape; a cluster that is there keeps its own in what was not. */
  readonly asked: Partial<ClusterShape>;
}

/** Null: help was asked for. Throws UsageError. */
export function readClusterOptions(args: readonly string[], defaultDirectory: string): ClusterOptions | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        nodes: { type: 'string' },
        controllers: { type: 'string' },
        dir: { type: 'string' },
        'base-port': { type: 'string' },
        override: { type: 'string', multiple: true },
        clean: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return null;
    const brokers = numberIn(values.nodes, '--nodes', 1, clusterLimits.nodes);
    const controllers = numberIn(values.controllers, '--controllers', 0, clusterLimits.nodes);
    const basePort = numberIn(values['base-port'], '--base-port', 1024, 65_000);
    return {
      directory: resolve(values.dir ?? defaultDirectory),
      clean: values.clean === true,
      overrides: (values.override ?? []).map(parseOverride),
      asked: {
        ...(brokers === undefined ? {} : { brokers }),
        ...(controllers === undefined ? {} : { controllers }),
        ...(basePort === undefined ? {} : { basePort }),
      },
    };
  } catch (error) {
    if (error instanceof PropertiesError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) {
      throw new UsageError(clusterUsage, (error as Error).message);
    }
    throw error;
  }
}

function numberIn(text: string | undefined, flag: string, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(clusterUsage, `${flag} takes a number from ${least} to ${most}, not ${text}`);
  }
  return value;
}
