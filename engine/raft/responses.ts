import type { RaftCore } from './core.ts';
import { acceptLeader } from './requests.ts';
import type {
  FetchRequest,
  FetchResponse,
  FetchSnapshotRequest,
  FetchSnapshotResponse,
  RaftRequest,
  RaftResponse,
  ReplicatedBatch,
  VoteRequest,
  VoteResponse,
} from './types.ts';

/** @param from the peer that answered. */
export function handleResponse(core: RaftCore, from: number, request: RaftRequest, response: RaftResponse): void {
  const peer = core.peer(from);
  if (response.error !== 'none') peer.notBeforeMs = core.nowMs + core.options.retryBackoffMs;
  const epochBefore = core.epoch;
  // A contradiction about who leads is the other's error: this node keeps to what it has persisted.
  if (!acceptLeader(core, response.leaderId, response.epoch)) return;
  if (core.epoch !== epochBefore || response.error === 'fenced-epoch') return;
  if (request.kind === 'vote' && response.kind === 'vote') handleVoteResponse(core, from, request, response);
  else if (request.kind === 'fetch' && response.kind === 'fetch') handleFetchResponse(core, request, response);
  else if (request.kind === 'fetch-snapshot' && response.kind === 'fetch-snapshot') {
    handleSnapshotResponse(core, request, response);
  } else if (response.kind === 'begin-epoch' && response.error === 'none') {
    if (core.role.name !== 'leader') return;
    for (const replica of core.role.books.peers()) if (replica.key.id === from) replica.acknowledgedEpoch = true;
  } else if (response.kind === 'end-epoch' && response.error === 'none' && core.role.name === 'resigned') {
    core.role.unaware.delete(from);
  } else if (request.kind === 'update-voter' && response.error === 'none' && core.role.name === 'follower') {
    core.role.hasToldLeader = from === core.role.leaderId;
  }
}

/**
 * A request was not answered: the connection dropped, or was refused. A follower of whom that is its leader does not
 * wait until the leader would have been silent for too long: it tries once more, and then asks whether it would be
 * elected. Others that are in touch with the leader say no (KIP-996), so a broken connection deposes nobody.
 */
export function handleSilence(core: RaftCore, from: number, request: RaftRequest): void {
  const { retryBackoffMs, electionTimeoutMs } = core.options;
  core.peer(from).notBeforeMs = core.nowMs + retryBackoffMs;
  const { role } = core;
  const isFetch = request.kind === 'fetch' || request.kind === 'fetch-snapshot';
  if (role.name === 'follower' && from === role.leaderId && isFetch) {
    role.hasFetched = false;
    // At different times, or those who lost the same leader would stand against each other.
    const spreadMs = core.random.below(Math.max(1, Math.floor(electionTimeoutMs / 10)));
    role.fetchDeadlineMs = Math.min(role.fetchDeadlineMs, core.nowMs + 2 * retryBackoffMs + spreadMs);
  }
  if (role.name === 'candidate' && request.kind === 'vote' && request.epoch === core.epoch) {
    role.ballot.silent(from);
    backOffIfHopeless(core, role);
  }
}

/** Nobody is left who could make it win: another try after a while, at another time than those who try as well. */
function backOffIfHopeless(core: RaftCore, role: Extract<RaftCore['role'], { name: 'candidate' }>): void {
  if (!role.ballot.hopeless || role.backoffUntilMs >= 0) return;
  role.backoffUntilMs = core.nowMs + core.random.below(Math.max(1, core.options.electionBackoffMaxMs));
}

function handleVoteResponse(core: RaftCore, from: number, request: VoteRequest, response: VoteResponse): void {
  const { role } = core;
  if (response.error !== 'none') return;
  if (role.name === 'prospective' && request.preVote) {
    role.ballot.record(from, response.granted);
    if (role.ballot.won) core.becomeCandidate();
    else if (role.ballot.lost) core.becomeUnattached(core.epoch, core.leaderId);
  } else if (role.name === 'candidate' && !request.preVote && request.epoch === core.epoch) {
    role.ballot.record(from, response.granted);
    if (role.ballot.won) core.becomeLeader(role.ballot);
    else backOffIfHopeless(core, role);
  }
}

function handleFetchResponse(core: RaftCore, request: FetchRequest, response: FetchResponse): void {
  const { role } = core;
  if (role.name !== 'follower' || response.error !== 'none' || response.epoch !== core.epoch) return;
  // Asked of a bootstrap server or a former leader: whoever answers without error in this epoch is its leader.
  if (request.epoch !== core.epoch || request.offset !== core.end.offset) return;
  role.fetchDeadlineMs = core.nowMs + core.options.fetchTimeoutMs;
  role.hasFetched = true;
  if (response.diverging !== null) {
    const theirs = response.diverging;
    if (theirs.epoch < 0 || theirs.offset < 0) return;
    const ours = core.log.endOfEpoch(theirs.epoch);
    core.truncate(ours.epoch === theirs.epoch && ours.offset > theirs.offset ? theirs : ours);
  } else if (response.snapshot !== null) {
    const id = response.snapshot;
    if (id.offset < core.end.offset && id.offset < core.highWatermark) return;
    role.snapshot = { id, positionBytes: 0 };
  } else {
    appendAsFollower(core, response.batches);
    core.advanceHighWatermark(Math.min(response.highWatermark, core.end.offset));
  }
}

/** Takes the batches that continue the log and are not of an epoch that this node has not been told of. */
function appendAsFollower(core: RaftCore, batches: readonly ReplicatedBatch[]): void {
  let { offset, epoch } = core.end;
  const taken: ReplicatedBatch[] = [];
  for (const batch of batches) {
    const continues = batch.baseOffset === offset && batch.lastOffset >= batch.baseOffset;
    if (!continues || batch.epoch < epoch || batch.epoch > core.epoch) break;
    taken.push(batch);
    offset = batch.lastOffset + 1;
    epoch = batch.epoch;
  }
  if (taken.length === 0) return;
  core.emit({ type: 'append-batches', batches: taken });
  core.end = { offset, epoch };
  for (const batch of taken) if (batch.control !== null) core.applyControl(batch.control, batch.baseOffset);
}

function handleSnapshotResponse(core: RaftCore, request: FetchSnapshotRequest, response: FetchSnapshotResponse): void {
  const { role } = core;
  if (role.name !== 'follower' || role.snapshot === null || response.epoch !== core.epoch) return;
  const { snapshot } = role;
  if (snapshot.id.offset !== request.snapshot.offset || snapshot.id.epoch !== request.snapshot.epoch) return;
  if (response.error === 'none') {
    role.fetchDeadlineMs = core.nowMs + core.options.fetchTimeoutMs;
    role.hasFetched = true;
  }
  const end = response.positionBytes + response.bytes.length;
  const fits = response.positionBytes === snapshot.positionBytes && end <= response.sizeBytes;
  if (response.error !== 'none' || !fits || (response.bytes.length === 0 && end < response.sizeBytes)) {
    // Gone, or not what was asked for: ask the log again which snapshot to take.
    role.snapshot = null;
    return;
  }
  core.emit({
    type: 'snapshot-bytes',
    id: snapshot.id,
    positionBytes: snapshot.positionBytes,
    bytes: response.bytes,
  });
  snapshot.positionBytes = end;
  if (end < response.sizeBytes) return;
  core.isInstalling = true;
  core.emit({ type: 'snapshot-complete', id: snapshot.id });
}
