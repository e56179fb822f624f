import { limits } from '../../base/limits.ts';
import type { MetricsMoment, MetricsSource } from './metrics-source.ts';
import { brokerState } from './node-cells.ts';

export interface Health {
  readonly status: 'ok' | 'unavailable';
  /** Why clients can't be served, in words. */
  readonly reasons: readonly string[];
  readonly nodeId: number;
  readonly clusterId: string;
  readonly version: string;
  readonly shards: readonly { readonly shard: number; readonly isAlive: boolean; readonly lateMs: number }[];
  readonly logDirectories: readonly { readonly path: string; readonly isOnline: boolean }[];
  readonly metadataLog: { readonly leaderId: number; readonly epoch: number; readonly highWatermark: number };
}

/** Whether clients can be served. A log directory that is offline takes its partitions along, and not the node. */
export function healthOf(source: MetricsSource, moment: MetricsMoment): Health {
  const { node, directories } = source;
  const shards = Array.from({ length: source.shards }, (_, shard) => ({
    shard,
    isAlive: node.ofShard(shard, 'isAlive') === 1,
    lateMs: Math.round(node.ofShard(shard, 'lateMs')),
  }));
  const reasons: string[] = [];
  const silentMs = moment.sharedMs - node.get('writtenAtMs');
  const state = node.get('brokerState');
  if (silentMs > limits.lateShardMs) {
    reasons.push(`the coordinator has given no sign of life for ${Math.round(silentMs)} ms`);
  }
  if (state === brokerState.starting) reasons.push('the node is starting');
  else if (state !== brokerState.running) reasons.push('the node is shutting down');
  else if (node.get('isFenced') === 1) reasons.push('the controller has fenced this broker');
  if (node.get('raftLeader') < 0) reasons.push('the metadata quorum has no leader');
  for (const { shard, isAlive, lateMs } of shards) {
    if (!isAlive) reasons.push(`shard ${shard} died and is being started again`);
    else if (lateMs > limits.lateShardMs) reasons.push(`shard ${shard} has given no sign of life for ${lateMs} ms`);
  }
  const logDirectories = directories.map((one) => ({ path: one.path, isOnline: one.isOnline() }));
  if (logDirectories.every(({ isOnline }) => !isOnline)) reasons.push('every log directory is offline');
  return {
    status: reasons.length === 0 ? 'ok' : 'unavailable',
    reasons,
    nodeId: source.nodeId,
    clusterId: source.clusterId,
    version: source.version,
    shards,
    logDirectories,
    metadataLog: {
      leaderId: node.get('raftLeader'),
      epoch: node.get('raftEpoch'),
      highWatermark: node.get('raftHighWatermark'),
    },
  };
}
