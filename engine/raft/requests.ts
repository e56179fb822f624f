import type { LeaderEpoch, NodeId } from '../base/brands.ts';
import { emptySnapshot, type RaftCore } from './core.ts';
import type { Leadership } from './leadership.ts';
import type {
  BeginEpochRequest,
  EndEpochRequest,
  FetchRequest,
  FetchSnapshotRequest,
  OffsetAndEpoch,
  RaftError,
  RaftRequest,
  ReplicaKey,
  VoteRequest,
} from './types.ts';
import { handleChangeVoters } from './voter-changes.ts';
import { sameReplica } from './voter-set.ts';

/** No fetch is held back longer than this, whatever it asks for. */
const maxFetchWaitMs = 5_000;
/** More fetches than this at once are answered without waiting. */
const maxParkedFetches = 10_000;

export function handleRequest(core: RaftCore, id: number, request: RaftRequest) {
  switch (request.kind) {
    case 'vote':
      return handleVote(core, id, request);
    case 'begin-epoch':
      return handleBeginEpoch(core, id, request);
    case 'end-epoch':
      return handleEndEpoch(core, id, request);
    case 'fetch':
      return handleFetch(core, id, request);
    case 'fetch-snapshot':
      return handleFetchSnapshot(core, id, request);
    case 'update-voter':
    case 'add-voter':
    case 'remove-voter':
      return handleChangeVoters(core, id, request);
  }
}

function handleVote(core: RaftCore, id: number, request: VoteRequest) {
  const answer = (error: RaftError, granted: boolean): void =>
    core.respond(id, { kind: 'vote', ...core.answer(error), granted });
  if (request.epoch < core.epoch) return answer('fenced-epoch', false);
  if (request.candidate.id === core.local.id || request.lastEpoch > request.epoch || request.lastOffset < 0) {
    return answer('invalid-request', false);
  }
  if (request.epoch > core.epoch) core.becomeUnattached(request.epoch);
  if (!sameReplica(request.voter, core.local)) return answer('invalid-voter-key', false);
  const granted = canGrantVote(core, request);
  if (granted && !request.preVote) core.voteFor(request.candidate);
  // Who asks this has lost the leader too, whatever it said to this node before.
  if (!granted && request.preVote && core.role.name === 'prospective') core.role.ballot.forget(request.candidate.id);
  answer('none', granted);
}

function canGrantVote(core: RaftCore, request: VoteRequest): boolean {
  const { end, role } = core;
  const upToDate =
    request.lastEpoch > end.epoch || (request.lastEpoch === end.epoch && request.lastOffset >= end.offset);
  if (request.preVote) {
    // Who is in touch with a leader keeps it: a replica that was cut off must not depose it on its return.
    if (role.name === 'leader' || (role.name === 'follower' && role.hasFetched)) return false;
    return upToDate;
  }
  if (role.name !== 'unattached' && role.name !== 'prospective') return false;
  if (core.voted !== null) return sameReplica(core.voted, request.candidate);
  return core.leaderId === -1 && upToDate;
}

/** A claim of leadership, made or passed on by others. @returns false where it contradicts what this node knows. */
export function acceptLeader(core: RaftCore, leaderId: NodeId, epoch: LeaderEpoch): boolean {
  if (epoch < core.epoch) return true;
  if (epoch > core.epoch) {
    if (leaderId >= 0 && leaderId !== core.local.id) core.becomeFollower(epoch, leaderId);
    else core.becomeUnattached(epoch);
    return true;
  }
  if (leaderId < 0) return true;
  if (core.leaderId !== -1 && core.leaderId !== leaderId) return false;
  const { name } = core.role;
  // It led this epoch, whether or not it still does: who says so, perhaps with its vote for the next, is right.
  if (leaderId === core.local.id) return core.leaderId === core.local.id;
  if (name === 'unattached' || name === 'candidate' || (name === 'prospective' && core.leaderId === -1)) {
    core.becomeFollower(epoch, leaderId);
  }
  return true;
}

function handleBeginEpoch(core: RaftCore, id: number, request: BeginEpochRequest) {
  const answer = (error: RaftError): void => core.respond(id, { kind: 'begin-epoch', ...core.answer(error) });
  if (request.epoch < core.epoch) return answer('fenced-epoch');
  if (request.leaderId === core.local.id || request.leaderId < 0) return answer('invalid-request');
  if (!acceptLeader(core, request.leaderId, request.epoch)) return answer('invalid-request');
  if (core.role.name === 'prospective') core.becomeFollower(request.epoch, request.leaderId);
  if (!sameReplica(request.voter, core.local)) return answer('invalid-voter-key');
  answer('none');
}

function handleEndEpoch(core: RaftCore, id: number, request: EndEpochRequest) {
  const answer = (error: RaftError): void => core.respond(id, { kind: 'end-epoch', ...core.answer(error) });
  if (request.epoch < core.epoch) return answer('fenced-epoch');
  if (request.leaderId === core.local.id || !acceptLeader(core, request.leaderId, request.epoch)) {
    return answer('invalid-request');
  }
  const { role, options } = core;
  if (role.name === 'follower' && role.leaderId === request.leaderId) {
    // The named ones stand at once, one after the other; who is not named waits for them.
    const place = request.preferred.findIndex((key) => sameReplica(key, core.local));
    const position = place === -1 ? Math.max(1, request.preferred.length) : place;
    const backoffMs =
      position === 0 ? 0 : Math.min(options.retryBackoffMs * 2 ** position, options.electionBackoffMaxMs);
    role.fetchDeadlineMs = core.nowMs + backoffMs + (position === 0 ? 0 : core.random.below(options.retryBackoffMs));
    role.hasFetched = false;
  }
  answer('none');
}

export function leaderError(core: RaftCore, epoch: LeaderEpoch): RaftError {
  if (epoch < core.epoch) return 'fenced-epoch';
  if (epoch > core.epoch) return 'unknown-epoch';
  return core.role.name === 'leader' ? 'none' : 'not-leader';
}

function handleFetch(core: RaftCore, id: number, request: FetchRequest) {
  const error = leaderError(core, request.epoch);
  if (error !== 'none') return core.respond(id, core.emptyFetch(error));
  const valid = request.offset >= 0 && request.lastEpoch >= 0 && request.lastEpoch <= request.epoch;
  if (!valid || core.role.name !== 'leader') return core.respond(id, core.emptyFetch('invalid-request'));
  const answer = core.emptyFetch('none');
  const position = findPosition(core, request.offset, request.lastEpoch);
  if (position.kind === 'snapshot') return core.respond(id, { ...answer, snapshot: position.id });
  if (position.kind === 'diverging') return core.respond(id, { ...answer, diverging: position.end });
  fetched(core, core.role.books, request.replica, request.offset);
  if (request.offset < core.end.offset) {
    return core.respond(id, { ...answer, highWatermark: core.highWatermark }, request.offset);
  }
  const news = request.highWatermark < core.highWatermark;
  if (news || request.maxWaitMs <= 0 || core.parked.length >= maxParkedFetches) {
    return core.respond(id, { ...answer, highWatermark: core.highWatermark });
  }
  core.parked.push({
    id,
    offset: request.offset,
    highWatermark: request.highWatermark,
    deadlineMs: core.nowMs + Math.min(request.maxWaitMs, maxFetchWaitMs),
  });
}

type Position =
  | { readonly kind: 'valid' }
  | { readonly kind: 'snapshot'; readonly id: OffsetAndEpoch }
  | { readonly kind: 'diverging'; readonly end: OffsetAndEpoch };

/** Whether a follower's log that ends at `offset` in `epoch` is a prefix of this one; if not, where to go on. */
function findPosition(core: RaftCore, offset: number, epoch: LeaderEpoch): Position {
  const start = core.log.start();
  const snapshot = core.log.latestSnapshot();
  if (offset < start.offset || epoch < start.epoch || (offset === start.offset && epoch !== start.epoch)) {
    if (snapshot !== null) return { kind: 'snapshot', id: snapshot };
  }
  if (offset === 0 && epoch === 0) return { kind: 'valid' };
  const end = epoch >= core.end.epoch ? core.end : core.log.endOfEpoch(epoch);
  if (end.epoch !== epoch || end.offset < offset) return { kind: 'diverging', end };
  return { kind: 'valid' };
}

function fetched(core: RaftCore, books: Leadership, replica: ReplicaKey, offset: number) {
  if (replica.id === core.local.id) return;
  books.fetched(replica, offset, core.end.offset, core.nowMs);
  commitAsLeader(core);
}

/** Looks whether more is committed, and tells all who wait for that. */
export function commitAsLeader(core: RaftCore) {
  if (core.role.name !== 'leader') return;
  const { books } = core.role;
  core.advanceHighWatermark(books.committedOffset());
  if (!books.announced && core.highWatermark > books.epochStart) {
    books.announced = true;
    core.emit({ type: 'became-leader', epoch: books.epoch, epochStart: books.epochStart });
  }
  const committed = core.votersWaiting.filter((each) => each.offset < core.highWatermark);
  core.votersWaiting = core.votersWaiting.filter((each) => each.offset >= core.highWatermark);
  for (const each of committed) core.respond(each.id, { kind: 'change-voters', ...core.answer('none') });
  answerParked(core);
  if (books.pendingVotersOffset >= 0 && core.highWatermark > books.pendingVotersOffset) {
    books.pendingVotersOffset = -1;
    // A leader that was voted out leads until that is committed, and no longer.
    if (!core.isVoter()) core.becomeResigned();
  }
}

export function answerParked(core: RaftCore) {
  if (core.parked.length === 0 || core.role.name !== 'leader') return;
  const parked = core.parked;
  core.parked = [];
  for (const fetch of parked) {
    const hasRecords = fetch.offset < core.end.offset;
    if (!hasRecords && fetch.highWatermark >= core.highWatermark && !core.due(fetch.deadlineMs)) {
      core.parked.push(fetch);
    } else {
      const answer = { ...core.emptyFetch('none'), highWatermark: core.highWatermark };
      core.respond(fetch.id, answer, hasRecords ? fetch.offset : -1);
    }
  }
}

function handleFetchSnapshot(core: RaftCore, id: number, request: FetchSnapshotRequest) {
  const answer = (error: RaftError): void => core.respond(id, emptySnapshot(core, error, request.snapshot));
  const error = leaderError(core, request.epoch);
  if (error !== 'none') return answer(error);
  if (core.role.name !== 'leader' || request.positionBytes < 0) return answer('position-out-of-range');
  core.role.books.fetchedSnapshot(request.replica, core.nowMs);
  // The driver has the file: it adds bytes and size, or turns the answer into snapshot-not-found.
  core.respond(id, { ...emptySnapshot(core, 'none', request.snapshot), positionBytes: request.positionBytes }, 0);
}
