/** Produce, latency and memory of a cluster: three replicas, acks=all. */
import { measureLatency } from '../latency.ts';
import { type BatchShape, batchOf } from '../load/batches.ts';
import { produceFrames } from '../load/frames.ts';
import { type Measured, runClient } from '../load/run-client.ts';
import type { Options } from '../options.ts';
import { residentMb } from '../process-stats.ts';
import type { Figures } from '../report.ts';
import { type BenchCluster, clusterNodes } from './cluster.ts';
import { createClusterTopic, deleteClusterTopic } from './topics.ts';

/** The nodes that lead partitions, in the order in which they do. */
function leaders(cluster: BenchCluster, partitions: number): Measured {
  const all = cluster.nodes.map(({ nodeId }) => cluster.targetOf(nodeId));
  // All nodes work for each partition, whoever leads it; connections go to leaders only.
  const [first, ...others] = all.slice(0, Math.min(partitions, all.length));
  return { port: first.port, pid: first.pid, others };
}

export interface ClusterProduce {
  readonly shape: BatchShape;
  readonly partitions: number;
}

export const connections = 6;
export const inFlight = 5;

export async function produceRound(
  cluster: BenchCluster,
  { shape, partitions }: ClusterProduce,
  name: string,
  options: Options,
): Promise<Figures> {
  const topic = await createClusterTopic(cluster, name, partitions);
  try {
    const nodes = Math.min(partitions, clusterNodes);
    const frames = await produceFrames({ topic, connections, shape, acks: -1, nodes });
    const round = await runClient(leaders(cluster, partitions), frames, {
      connections,
      threads: Math.min(options.threads, connections),
      inFlight,
      warmUpMs: options.warmUpSeconds * 1000,
      durationMs: options.seconds * 1000,
      maxBytes: (options.maxGb * 1e9) / clusterNodes,
      acks: -1,
      gather: options.gather,
    });
    const { records } = await batchOf(shape, 0);
    return {
      'MB/s': round.bytesSent / round.seconds / 1e6,
      'records/s': (round.requests * records) / round.seconds,
      'p50 us': round.latencyUs.p50,
      'p99 us': round.latencyUs.p99,
    };
  } finally {
    await deleteClusterTopic(cluster, topic);
  }
}

const latencyRate = 1000;

export async function latencyRound(cluster: BenchCluster, name: string, options: Options): Promise<Figures> {
  const topic = await createClusterTopic(cluster, name, options.partitions);
  try {
    const ports = cluster.nodes.map(({ port }) => port);
    const { p50, p99, p999, max } = await measureLatency(ports, topic, { ...options, rate: latencyRate, acks: -1 });
    return { 'p50 us': p50, 'p99 us': p99, 'p99.9 us': p999, 'max us': max };
  } finally {
    await deleteClusterTopic(cluster, topic);
  }
}

/** Of the three nodes together. */
export async function memoryRound(cluster: BenchCluster, name: string, options: Options): Promise<Figures> {
  const now = () => cluster.targets.reduce((sum, { pid }) => sum + residentMb(pid).now, 0);
  const before = now();
  const shape = { recordBytes: 100, batchBytes: 65_536 };
  await produceRound(cluster, { shape, partitions: options.partitions }, name, options);
  const peak = cluster.targets.reduce((sum, { pid }) => sum + residentMb(pid).peak, 0);
  return { 'before MB': before, 'after load MB': now(), 'peak MB': peak };
}
