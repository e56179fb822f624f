import { errorCode } from '../../protocol/errors.ts';
import type { RaftError } from '../../raft/types.ts';

const codes = {
  none: errorCode.NONE,
  'fenced-epoch': errorCode.FENCED_LEADER_EPOCH,
  'unknown-epoch': errorCode.UNKNOWN_LEADER_EPOCH,
  'not-leader': errorCode.NOT_LEADER_OR_FOLLOWER,
  'invalid-voter-key': errorCode.INVALID_VOTER_KEY,
  'invalid-request': errorCode.INVALID_REQUEST,
  'snapshot-not-found': errorCode.SNAPSHOT_NOT_FOUND,
  'position-out-of-range': errorCode.POSITION_OUT_OF_RANGE,
  'voter-not-found': errorCode.VOTER_NOT_FOUND,
  'duplicate-voter': errorCode.DUPLICATE_VOTER,
  'unsupported-version': errorCode.UNSUPPORTED_VERSION,
  busy: errorCode.REQUEST_TIMED_OUT,
  lagging: errorCode.REQUEST_TIMED_OUT,
} as const satisfies Record<RaftError, number>;

const reasons = new Map<number, RaftError>(Object.entries(codes).map(([reason, code]) => [code, reason as RaftError]));

export function raftErrorCode(error: RaftError): number {
  return codes[error];
}

/** A code that replicas do not give each other is as bad as a request that makes no sense: it is tried again later. */
export function raftErrorOf(code: number): RaftError {
  return reasons.get(code) ?? 'invalid-request';
}
