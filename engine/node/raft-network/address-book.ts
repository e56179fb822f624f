import type { NodeId } from '../../base/brands.ts';
import type { Endpoint, Voter } from '../../raft/types.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface AddressBookOptions {
  readonly localId: NodeId;
  /** Where this node's own controller is reached. */
  readonly ownEndpoints: readonly Endpoint[];
  /** The listener by which controllers reach each other: the first of controller.listener.names. */
  readonly listenerName: string;
  /** controller.quorum.bootstrap.servers */
  readonly bootstrapServers: readonly Address[];
  /** The voters in force. */
  readonly voters: () => readonly Voter[];
}

/** Where the controllers are: as the voter set says, and of the leader as it said itself or others passed on. */
export class AddressBook {
  readonly #options: AddressBookOptions;
  /** Of one leader at a time. */
  #leader: { readonly id: NodeId; readonly endpoints: readonly Endpoint[] } | null = null;

  constructor(options: AddressBookOptions) {
    this.#options = options;
  }

  /** A leader told where it is reached. */
  learn(leaderId: NodeId, endpoints: readonly Endpoint[]): void {
    if (leaderId >= 0 && leaderId !== this.#options.localId && endpoints.length > 0) {
      this.#leader = { id: leaderId, endpoints };
    }
  }

  /** Another node told where the leader is reached, by the listener that it was asked on. */
  learnAddress(leaderId: NodeId, { host, port }: Address): void {
    this.learn(leaderId, [{ name: this.#options.listenerName, host, port }]);
  }

  /** The voter set changed: it is newer than what was passed on. A leader that is voted out leads until that is so. */
  votersChanged(): void {
    if (this.#options.voters().some(({ id }) => id === this.#leader?.id)) this.#leader = null;
  }

  endpointsOf(id: NodeId): readonly Endpoint[] {
    const { localId, ownEndpoints, voters } = this.#options;
    if (id === localId) return ownEndpoints;
    if (this.#leader?.id === id) return this.#leader.endpoints;
    return voters().find((voter) => voter.id === id)?.endpoints ?? [];
  }

  /** Where to connect to; below -1 are the bootstrap servers. Null where nothing is known. */
  addressOf(id: NodeId): Address | null {
    const { bootstrapServers, listenerName } = this.#options;
    if (id < -1) return bootstrapServers[-2 - id] ?? null;
    const endpoints = this.endpointsOf(id);
    return endpoints.find(({ name }) => name === listenerName) ?? endpoints[0] ?? null;
  }
}
