/** AddRaftVoter and RemoveRaftVoter (KIP-853) as administrators and joining controllers ask for them. */
import { type NodeId, type Uuid, zeroUuid } from '../../base/brands.ts';
import { apiKey } from '../../protocol/api-table.ts';
import { errorCode, errorMessage } from '../../protocol/errors.ts';
import type { AddRaftVoterRequest } from '../../protocol/generated/add-raft-voter-request.js';
import type { RemoveRaftVoterRequest } from '../../protocol/generated/remove-raft-voter-request.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import type { ChangeVotersRequest, Endpoint, RaftError, RaftResponse, ReplicaKey, Voter } from '../../raft/types.ts';
import type { VersionRange } from '../rpc/api-versions.ts';
import type { Address } from './address-book.ts';
import { raftErrorCode } from './raft-errors.ts';

export interface VoterChangeServices {
  readonly clusterId: Uuid;
  /** The listener by which controllers reach each other. */
  readonly listenerName: string;
  readonly raft: {
    readonly role: string;
    readonly voters: readonly Voter[];
    readonly kraftVersion: number;
    receive(request: ChangeVotersRequest, answer: (response: RaftResponse) => void): void;
  };
  /** The levels of kraft.version that the node there knows; null where it does not answer. */
  kraftVersionsAt(address: Address): Promise<VersionRange | null>;
}

interface Outcome {
  readonly code: number;
  /** Null: what is always said of the code. */
  readonly message: string | null;
}

/** Where a request does not say how long it may take. */
const removalTimeoutMs = 30_000;

/** Answers the response's body; null: the request could not be read. */
export async function changeVotersApi(
  services: VoterChangeServices,
  key: number,
  version: number,
  body: Uint8Array,
): Promise<Uint8Array | null> {
  const isAddition = key === apiKey.AddRaftVoter;
  try {
    const outcome = isAddition ? await add(services, version, body) : await remove(services, version, body);
    const message = outcome.code === 0 ? null : (outcome.message ?? errorMessage(outcome.code) ?? null);
    return await encoded(isAddition, { errorCode: outcome.code, errorMessage: message }, version);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

async function encoded(
  isAddition: boolean,
  response: { readonly errorCode: number; readonly errorMessage: string | null },
  version: number,
): Promise<Uint8Array> {
  const writer = new Writer();
  if (isAddition) {
    const { encodeAddRaftVoterResponse } = await import('../../protocol/generated/add-raft-voter-response.js');
    encodeAddRaftVoterResponse(writer, response, version);
  } else {
    const { encodeRemoveRaftVoterResponse } = await import('../../protocol/generated/remove-raft-voter-response.js');
    encodeRemoveRaftVoterResponse(writer, response, version);
  }
  return writer.toBytes();
}

async function add(services: VoterChangeServices, version: number, body: Uint8Array): Promise<Outcome> {
  const { decodeAddRaftVoterRequest } = await import('../../protocol/generated/add-raft-voter-request.js');
  const request = decodeAddRaftVoterRequest(new Reader(body), version);
  const { raft } = services;
  const refusal = refusalOf(services, request, 'Add');
  if (refusal !== null) return refusal;
  const endpoints = request.listeners.map(({ name, host, port }): Endpoint => ({ name, host, port }));
  const key = keyText(request);
  if (endpoints.length === 0) {
    return invalid(`Add voter request didn't include the endpoints for the new voter ${key}`);
  }
  const address = endpoints.find(({ name }) => name === services.listenerName);
  if (address === undefined) {
    return invalid(
      `Add voter request didn't include the default listener: ${services.listenerName} for the new voter ${key}`,
    );
  }
  const isNew = raft.kraftVersion > 0 && !raft.voters.some(({ id }) => id === request.voterId);
  // What the replica refuses anyway is refused without troubling a node that may not be there.
  const range = isNew ? await services.kraftVersionsAt(address) : { min: 0, max: 1 };
  if (range === null) {
    return late(
      `Aborted add voter operation for ${key} since API_VERSIONS was not answered by ${address.host}:${address.port}`,
    );
  }
  if (range.min > raft.kraftVersion || range.max < raft.kraftVersion) {
    const told = `kraft.version range [${range.min}, ${range.max}] doesn't contain the finalized kraft.version ${raft.kraftVersion}`;
    return invalid(`Aborted add voter operation for ${key} since ${told}`);
  }
  const voter = {
    id: request.voterId,
    directoryId: request.voterDirectoryId,
    endpoints,
    minKraftVersion: range.min,
    maxKraftVersion: range.max,
  };
  const { timeoutMs, ackWhenCommitted } = request;
  return ask(services, { kind: 'add-voter', voter, ackWhenCommitted, timeoutMs: Math.max(0, timeoutMs) }, (error) =>
    additionError(services, error, key),
  );
}

async function remove(services: VoterChangeServices, version: number, body: Uint8Array): Promise<Outcome> {
  const { decodeRemoveRaftVoterRequest } = await import('../../protocol/generated/remove-raft-voter-request.js');
  const request = decodeRemoveRaftVoterRequest(new Reader(body), version);
  const refusal = refusalOf(services, request, 'Remove');
  if (refusal !== null) return refusal;
  const voter: ReplicaKey = { id: request.voterId, directoryId: request.voterDirectoryId };
  return ask(services, { kind: 'remove-voter', voter, timeoutMs: removalTimeoutMs }, (error) =>
    removalError(services, error, keyText(request)),
  );
}

function refusalOf(
  services: VoterChangeServices,
  request: Pick<AddRaftVoterRequest & RemoveRaftVoterRequest, 'clusterId' | 'voterId' | 'voterDirectoryId'>,
  what: string,
): Outcome | null {
  const { clusterId, voterId, voterDirectoryId } = request;
  if (clusterId !== null && clusterId !== services.clusterId) {
    return { code: errorCode.INCONSISTENT_CLUSTER_ID, message: null };
  }
  if (services.raft.role !== 'leader') return { code: errorCode.NOT_LEADER_OR_FOLLOWER, message: null };
  if (voterId < 0 || voterDirectoryId === zeroUuid)
    return invalid(`${what} voter request didn't include a valid voter`);
  return null;
}

function ask(
  { raft }: VoterChangeServices,
  request: ChangeVotersRequest,
  messageOf: (error: RaftError) => string | null,
): Promise<Outcome> {
  return new Promise((resolve) => {
    raft.receive(request, ({ error }) => resolve({ code: raftErrorCode(error), message: messageOf(error) }));
  });
}

function additionError({ raft }: VoterChangeServices, error: RaftError, key: string): string | null {
  switch (error) {
    case 'duplicate-voter':
      return `The voter id for ${key} is already part of the set of voters ${votersText(raft.voters)}.`;
    case 'lagging':
      return `Aborted add voter operation for ${key} since it is lagging behind`;
    default:
      return commonError(raft.kraftVersion, error, 'adding');
  }
}

function removalError({ raft }: VoterChangeServices, error: RaftError, key: string): string | null {
  if (error === 'voter-not-found') {
    return `Cannot remove voter ${key} from the set of voters ${votersText(raft.voters)}`;
  }
  return commonError(raft.kraftVersion, error, 'removing');
}

function commonError(kraftVersion: number, error: RaftError, doing: string): string | null {
  if (error === 'busy') return 'Request timed out waiting for leader to handle previous voter change request';
  if (error !== 'unsupported-version') return null;
  return `Cluster doesn't support ${doing} voter because the kraft.version feature is ${kraftVersion}`;
}

const invalid = (message: string): Outcome => ({ code: errorCode.INVALID_REQUEST, message });
const late = (message: string): Outcome => ({ code: errorCode.REQUEST_TIMED_OUT, message });

function keyText({ voterId, voterDirectoryId }: { readonly voterId: NodeId; readonly voterDirectoryId: Uuid }): string {
  return `ReplicaKey(id=${voterId}, directoryId=${voterDirectoryId})`;
}

function votersText(voters: readonly Voter[]): string {
  return `[${voters.map(({ id, directoryId }) => keyText({ voterId: id, voterDirectoryId: directoryId })).join(', ')}]`;
}
