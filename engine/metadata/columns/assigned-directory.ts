import type { DirectoryId, NodeId, PartitionRow } from '../../base/brands.ts';
import type { PartitionTable } from './partition-table.ts';

/** The directory in which the node's replica lies as far as the controller knows (KIP-858); undefined: it has none. */
export function assignedDirectory(
  partitions: PartitionTable,
  row: PartitionRow,
  node: NodeId,
): DirectoryId | undefined {
  const index = partitions.replicas(row).indexOf(node);
  return index < 0 ? undefined : partitions.directories(row)[index];
}

/** The same as an index into the node's directories, given their ids; -1 where it is none of them. */
export function assignedDirectoryIndex(
  partitions: PartitionTable,
  row: PartitionRow,
  node: NodeId,
  ids: readonly (DirectoryId | undefined)[],
): number {
  const assigned = assignedDirectory(partitions, row, node);
  return assigned === undefined ? -1 : ids.indexOf(assigned);
}
