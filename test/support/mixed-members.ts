/** Nodes of a cluster that are ours or Apache Kafka's, each to be killed and started again. */
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type ApacheKafka, startApacheKafka } from './apache-broker.ts';
import { QuorumNode, type QuorumPlace, quorumClusterId, quorumProperties } from './quorum-processes.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';

export interface MixedMember {
  readonly place: QuorumPlace;
  readonly logDirectory: string;
  /** @param isFirst formats its directory, which must be empty. */
  start(isFirst: boolean): Promise<void>;
  kill(): Promise<void>;
  /** As an operator would. */
  stop(): Promise<void>;
}

type Properties = Readonly<Record<string, string>>;

export function ourMember(
  t: TestContext,
  place: QuorumPlace,
  places: readonly QuorumPlace[],
  properties: Properties,
): MixedMember {
  const node = new QuorumNode(place, places, properties);
  t.after(() => node.end());
  return {
    place,
    logDirectory: node.properties['log.dirs']!,
    start: async (isFirst) => {
      if (isFirst) await node.format();
      if (node.node === undefined) await node.start().running.serving();
      else await node.running.restart();
    },
    kill: () => node.running.kill(),
    stop: () => node.running.stop(),
  };
}

export function apacheMember(
  t: TestContext,
  place: QuorumPlace,
  places: readonly QuorumPlace[],
  properties: Properties,
): MixedMember {
  const home = makeTempDir('millrace-mixed-');
  let running: ApacheKafka | undefined;
  t.after(async () => {
    await running?.kill();
    removeTempDir(home);
  });
  const logDirectory = properties['log.dirs'] ?? join(home, 'data');
  return {
    place,
    logDirectory,
    start: async (isFirst) => {
      running = await startApacheKafka({
        ports: [place.port, place.controllerPort],
        logDirectory,
        properties: { ...quorumProperties(place, places, logDirectory), ...properties },
        without: ['controller.quorum.bootstrap.servers'],
        format: isFirst,
        formatFlags: [],
        clusterId: quorumClusterId,
        heapMb: 256,
      });
    },
    kill: async () => running?.kill(),
    stop: async () => running?.stop(),
  };
}
