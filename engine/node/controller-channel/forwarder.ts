import type { ThreadIndex } from '../../base/brands.ts';
import type { Request } from '../../broker/request.ts';
import type { Mesh } from '../mesh.ts';
import type { ForwardMessage, ForwardReply } from '../messages.ts';

/** Who asks, as the controller is told. */
export interface ForwardOrigin {
  readonly clientId: string | null;
  readonly principal: string;
  readonly host: string;
  readonly listener: string;
}

export function originOf({ clientId, peer }: Request): ForwardOrigin {
  return { clientId, principal: peer.principal, host: peer.host, listener: peer.listenerName };
}

/** Requests of the broker's own come from no connection. */
export const ownOrigin: ForwardOrigin = {
  clientId: null,
  principal: 'User:ANONYMOUS',
  host: '127.0.0.1',
  listener: '',
};

/** Takes requests that the controller decides to the coordinator, as their bytes came, and its answers back. */
export class Forwarder {
  private readonly mesh: Mesh;
  private readonly coordinator: ThreadIndex;
  private readonly waiting = new Map<number, (body: Uint8Array | null) => void>();
  private nextId = 1;

  constructor(mesh: Mesh, coordinator: ThreadIndex) {
    this.mesh = mesh;
    this.coordinator = coordinator;
  }

  /** Sends the request's body, or `body` in its place (a request that the broker makes on a client's behalf). */
  forward(request: Request, answered: (body: Uint8Array | null) => void, body?: Uint8Array): void {
    const { bytes, end } = request.exchange;
    const sent = body ?? bytes.slice(request.bodyStart, end);
    this.send(request.api.key, request.version, originOf(request), sent, answered);
  }

  send(
    apiKey: number,
    version: number,
    origin: ForwardOrigin,
    body: Uint8Array,
    answered: (body: Uint8Array | null) => void,
  ): void {
    this.sendFrom(origin, false, apiKey, version, body, answered);
  }

  /**
   * A request that the broker makes itself (AlterPartition, AllocateProducerIds, AssignReplicasToDirs). `answered` gets
   * null when no controller answered within half a minute: what became of the request is not known then.
   */
  sendOwn(apiKey: number, version: number, body: Uint8Array, answered: (body: Uint8Array | null) => void): void {
    this.sendFrom(ownOrigin, true, apiKey, version, body, answered);
  }

  private sendFrom(
    origin: ForwardOrigin,
    isOfBroker: boolean,
    apiKey: number,
    version: number,
    body: Uint8Array,
    answered: (body: Uint8Array | null) => void,
  ): void {
    // The controller decides on what fits a chunk: its thread is one for all.
    if (body.length > this.mesh.arena.description.largestBytes) {
      answered(null);
      return;
    }
    const id = this.nextId;
    this.nextId += 1;
    this.waiting.set(id, answered);
    const sent = this.mesh.sendControl(this.coordinator, {
      type: 'forward',
      id,
      apiKey,
      version,
      clientId: origin.clientId,
      principal: origin.principal,
      host: origin.host,
      listener: origin.listener,
      isOfBroker,
      body,
    } satisfies ForwardMessage);
    if (!sent) {
      this.waiting.delete(id);
      answered(null);
    }
  }

  replied({ id, body }: ForwardReply): void {
    const answered = this.waiting.get(id);
    this.waiting.delete(id);
    answered?.(body);
  }
}
