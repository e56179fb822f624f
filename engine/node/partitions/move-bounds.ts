import type { ThreadIndex } from '../../base/brands.ts';
import { moveLimits } from '../../base/limits.ts';
import type { ClusterView } from '../../metadata/delta.ts';
import { hasDirectoryAssignment, metadataVersionFeature } from '../../metadata/record-versions.ts';
import type { MoveBounds } from '../../replica/host.ts';
import type { ShardConfig } from '../shard-config.ts';
import type { ShardStart } from '../shard-start.ts';
import { MoveShares } from './move-shares.ts';

/** How a shard's moves of logs between directories are bounded: by the node's configuration, shared with other shards. */
export function moveBounds(
  { moveShares, shards }: Pick<ShardStart, 'moveShares' | 'shards'>,
  shard: ThreadIndex,
  config: ShardConfig,
  directories: number,
  cluster: () => ClusterView,
): MoveBounds {
  const shares = new MoveShares(moveShares, shard);
  return {
    atOnce: () => {
      const threads = config.effective.values.numberOrNull('num.replica.alter.log.dirs.threads') ?? directories;
      return Math.max(1, Math.ceil(threads / shards));
    },
    copyBytes: () => Math.max(1, Math.min(config.number('replica.fetch.max.bytes'), moveLimits.copyBytes)),
    bytesPerSecond: () => shares.of(config.number('replica.alter.log.dirs.io.max.bytes.per.second')),
    setMoving: (isMoving) => shares.setMoving(isMoving),
    areDirectoriesAssigned: () => {
      const level = cluster().features.find(({ name }) => name === metadataVersionFeature)?.level ?? 0;
      return hasDirectoryAssignment(level);
    },
  };
}
