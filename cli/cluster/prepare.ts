/** The files of a local cluster: a properties file and a formatted directory for each node. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SystemRandom } from '#engine/io/random.ts';
import { randomDirectoryId, randomUuid } from '#engine/protocol/uuid.ts';
import { readBrokerConfig } from '../broker-config-file.ts';
import { CommandError } from '../command-error.ts';
import { parseStorageArguments } from '../storage/arguments.ts';
import { format } from '../storage/format.ts';
import { planFormat } from '../storage/format-plan.ts';
import {
  type ClusterShape,
  clusterLimits,
  initialControllers,
  type LocalNode,
  layOut,
  nodeProperties,
} from './layout.ts';

/** What must stay the same while there is data: kept in `cluster.json`. */
export interface ClusterFacts {
  readonly clusterId: string;
  readonly shape: ClusterShape;
  /** Of the controllers' directories, by node id. */
  readonly directoryIds: Readonly<Record<string, string>>;
}

export interface PreparedNode extends LocalNode {
  readonly file: string;
  readonly directory: string;
}

export interface PreparedCluster {
  readonly clusterId: string;
  readonly nodes: readonly PreparedNode[];
  /** There was data already. */
  readonly isOld: boolean;
}

const defaults: ClusterShape = { brokers: 3, controllers: 0, basePort: 9092 };
const factsFile = 'cluster.json';

export interface PrepareOptions {
  readonly directory: string;
  readonly clean: boolean;
  readonly asked: Partial<ClusterShape>;
  readonly overrides: readonly (readonly [string, string])[];
  /** What node gets besides, or in place of what it has: for tests that stand between the nodes. */
  readonly change?: (node: LocalNode) => Readonly<Record<string, string>>;
}

/** Writes what is missing; a cluster that is there is gone on with. Throws CommandError. */
export async function prepareCluster(options: PrepareOptions): Promise<PreparedCluster> {
  const { directory } = options;
  const path = join(directory, factsFile);
  if (options.clean) removeCluster(directory, path);
  mkdirSync(directory, { recursive: true });
  const old = existsSync(path) ? readFacts(path) : null;
  const facts = old === null ? newFacts(options.asked) : unchanged(old, options.asked, directory);
  // Before anything is formatted: what is formatted in part is formatted to the end by the next start.
  writeFileSync(`${path}.new`, `${JSON.stringify(facts, null, 2)}\n`);
  renameSync(`${path}.new`, path);
  const nodes = layOut(facts.shape);
  const prepared: PreparedNode[] = [];
  for (const node of nodes) prepared.push(await prepareNode(node, nodes, facts, options));
  return { clusterId: facts.clusterId, nodes: prepared, isOld: old !== null };
}

async function prepareNode(
  node: LocalNode,
  nodes: readonly LocalNode[],
  facts: ClusterFacts,
  options: PrepareOptions,
): Promise<PreparedNode> {
  const name = `node-${node.nodeId}`;
  const directory = join(options.directory, name);
  const file = join(options.directory, `${name}.properties`);
  const properties = {
    ...nodeProperties(node, nodes, directory),
    ...Object.fromEntries(options.overrides),
    ...options.change?.(node),
  };
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\')}\n`);
  writeFileSync(file, lines.join(''));
  const voters = initialControllers(
    nodes,
    new Map(Object.entries(facts.directoryIds).map(([id, uuid]) => [+id, uuid])),
  );
  const how = node.isController ? ['--initial-controllers', voters] : ['--no-initial-controllers'];
  const flags = ['format', '-t', facts.clusterId, '-c', file, '--ignore-formatted', ...how];
  const args = parseStorageArguments(flags);
  if (typeof args === 'string') throw new CommandError(args);
  const config = readBrokerConfig(file);
  await format(config, planFormat(config, args), true, () => {});
  return { ...node, file, directory };
}

/** Only a directory that is a cluster of ours is emptied. */
function removeCluster(directory: string, facts: string): void {
  if (!existsSync(directory)) return;
  if (!existsSync(facts)) throw new CommandError(`${directory} holds no ${factsFile}: it is not removed`);
  rmSync(directory, { recursive: true });
}

function newFacts(asked: Partial<ClusterShape>): ClusterFacts {
  const shape = { ...defaults, ...asked };
  if (shape.brokers + shape.controllers > clusterLimits.nodes) {
    throw new CommandError(`more than ${clusterLimits.nodes} nodes`);
  }
  const random = new SystemRandom();
  const controllers = layOut(shape).filter(({ isController }) => isController);
  const directoryIds = controllers.map(({ nodeId }) => [nodeId, randomDirectoryId(random)]);
  return { clusterId: randomUuid(random), shape, directoryIds: Object.fromEntries(directoryIds) };
}

function readFacts(path: string): ClusterFacts {
  try {
    const facts = JSON.parse(readFileSync(path, 'utf8')) as ClusterFacts;
    const numbers = [facts.shape.brokers, facts.shape.controllers, facts.shape.basePort];
    if (!numbers.every((value) => Number.isSafeInteger(value) && value >= 0 && value < 65_536)) {
      throw new Error('the shape is not numbers');
    }
    if (facts.shape.brokers + facts.shape.controllers > clusterLimits.nodes) throw new Error('too many nodes');
    return facts;
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function unchanged(facts: ClusterFacts, asked: Partial<ClusterShape>, directory: string): ClusterFacts {
  const flags = { brokers: '--nodes', controllers: '--controllers', basePort: '--base-port' } as const;
  for (const key of ['brokers', 'controllers', 'basePort'] as const) {
    const value = asked[key];
    if (value !== undefined && value !== facts.shape[key]) {
      throw new CommandError(
        `The cluster in ${directory} was made with ${flags[key]} ${facts.shape[key]}, not ${value}: ` +
          'use that, another --dir, or --clean to begin anew.',
      );
    }
  }
  return facts;
}
