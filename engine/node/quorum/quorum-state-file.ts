/** `quorum-state`: what a voter must not forget, as JSON (KIP-595; data_version 1 since KIP-853). */
import { zeroUuid } from '../../base/brands.ts';
import { type Disk, DiskError } from '../../base/disk.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import { decodeUtf8 } from '../../protocol/utf8.ts';
import { isUuid } from '../../protocol/uuid.ts';
import type { ElectionState, ReplicaKey } from '../../raft/types.ts';
import { promised } from '../promised.ts';
import { utf8 } from '../utf8-bytes.ts';

export const quorumStateFileName = 'quorum-state';

export class QuorumStateError extends Error {
  override readonly name = 'QuorumStateError';
}

/** Version 0 for kraft.version 0, which names the voters (by id only); 1 else. */
export function encodeQuorumState(
  state: ElectionState,
  kraftVersion: number,
  voters: readonly ReplicaKey[],
): Uint8Array {
  const votedId = state.voted?.id ?? -1;
  if (kraftVersion === 0) {
    const currentVoters = voters.map(({ id }) => ({ voterId: id }));
    return utf8(
      JSON.stringify({
        clusterId: '',
        leaderId: state.leaderId,
        leaderEpoch: state.epoch,
        votedId,
        appliedOffset: 0,
        currentVoters,
        data_version: 0,
      }),
    );
  }
  return utf8(
    JSON.stringify({
      leaderId: state.leaderId,
      leaderEpoch: state.epoch,
      votedId,
      votedDirectoryId: state.voted?.directoryId ?? zeroUuid,
      data_version: 1,
    }),
  );
}

/** Throws QuorumStateError. */
export function decodeQuorumState(bytes: Uint8Array): ElectionState {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeUtf8(bytes, 0, bytes.length));
  } catch (error) {
    throw new QuorumStateError(`quorum-state is not JSON: ${String(error)}`);
  }
  if (typeof parsed !== 'object' || parsed === null) throw new QuorumStateError('quorum-state is not a JSON object');
  const fields = parsed as Record<string, unknown>;
  const version = integer(fields, 'data_version', undefined);
  if (version !== 0 && version !== 1) throw new QuorumStateError(`quorum-state has the unknown version ${version}`);
  const votedId = integer(fields, 'votedId', -1);
  const directoryId = fields.votedDirectoryId ?? zeroUuid;
  if (typeof directoryId !== 'string' || !isUuid(directoryId)) {
    throw new QuorumStateError('quorum-state: votedDirectoryId is not a uuid');
  }
  return {
    epoch: Math.max(0, integer(fields, 'leaderEpoch', undefined)),
    leaderId: integer(fields, 'leaderId', -1),
    voted: votedId < 0 ? null : { id: votedId, directoryId },
  };
}

function integer(fields: Record<string, unknown>, name: string, absent: number | undefined): number {
  const value = fields[name] ?? absent;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new QuorumStateError(`quorum-state: no ${name}`);
  return value;
}

/** Null where there is none. Throws QuorumStateError or DiskError. */
export async function readQuorumState(disk: Disk, directory: string): Promise<ElectionState | null> {
  const path = `${directory}/${quorumStateFileName}`;
  try {
    return decodeQuorumState(
      await promised<Uint8Array>((done) => disk.readFile(path, metadataLogLimits.smallFileBytes, done)),
    );
  } catch (error) {
    if (error instanceof DiskError && error.code === 'ENOENT') return null;
    throw error;
  }
}
