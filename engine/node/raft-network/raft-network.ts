import type { NodeId } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Transport, TransportEvents } from '../../base/transport.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import type { RaftRequest, RaftResponse } from '../../raft/types.ts';
import { MetadataCorruptError } from '../quorum/raft-records.ts';
import type { VersionRange } from '../rpc/api-versions.ts';
import { RpcClient } from '../rpc/rpc-client.ts';
import { ServedVersions } from '../rpc/served-versions.ts';
import type { Address, AddressBook } from './address-book.ts';
import { askKraftVersions } from './kraft-versions.ts';
import { decodeRaftResponse, encodeRaftRequest, type RaftWireSettings, rpcOf } from './raft-wire.ts';

/** Connects to a node, as an RpcClient wants it. */
export type ConnectTo = (address: Address, events: TransportEvents, connected: () => void) => Transport;

/** What comes of requests; the driver. */
export interface RaftAsker {
  answered(correlation: number, response: RaftResponse): void;
  unanswered(correlation: number): void;
}

export interface RaftNetworkOptions {
  readonly book: AddressBook;
  readonly connect: ConnectTo;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly clientId: string;
  /** As ApiVersions tells other nodes. */
  readonly softwareVersion: string;
  readonly wire: RaftWireSettings;
  /** controller.quorum.request.timeout.ms */
  readonly requestTimeoutMs: number;
  readonly asker: RaftAsker;
}

/** More than the bytes of records or of a snapshot that an answer has. */
const answerOverheadBytes = 64 * 1024;
/** A leader sends one batch whole, whatever it was asked for. */
const largestBatchBytes = 16 * 1024 * 1024;

interface Peer {
  readonly address: Address;
  readonly client: RpcClient;
  readonly served: ServedVersions;
  /** What was said of it last, so that it is not said again with each retry. */
  complaint: string;
}

/** Takes the machine's requests to other nodes, each over one connection, and brings the answers back. */
export class RaftNetwork {
  readonly #options: RaftNetworkOptions;
  readonly #peers = new Map<NodeId, Peer>();

  constructor(options: RaftNetworkOptions) {
    this.#options = options;
  }

  send(correlation: number, to: NodeId, request: RaftRequest): void {
    const { asker, clock } = this.#options;
    const peer = this.#peer(to);
    const unanswered = (): void => asker.unanswered(correlation);
    if (peer === null) {
      clock.schedule(0, unanswered);
      return;
    }
    const rpc = rpcOf(request);
    peer.served.choose(rpc, (version) => {
      if (version === null) unanswered();
      else if (version < 0) {
        this.#complain(to, peer, `it does not serve api ${rpc.apiKey} in a version that is known here`);
        unanswered();
      } else this.#ask(correlation, to, peer, request, version);
    });
  }

  /** The levels of kraft.version that a node knows which may become a voter; null where it does not answer. */
  kraftVersionsAt(address: Address): Promise<VersionRange | null> {
    const { softwareVersion, requestTimeoutMs } = this.#options;
    return askKraftVersions(this.#client(address), softwareVersion, requestTimeoutMs);
  }

  close(): void {
    for (const { client } of this.#peers.values()) client.close();
    this.#peers.clear();
  }

  /** One that is at another address by now is another peer. */
  #peer(id: NodeId): Peer | null {
    const { book, softwareVersion, requestTimeoutMs } = this.#options;
    const address = book.addressOf(id);
    const known = this.#peers.get(id);
    if (known !== undefined && known.address.host === address?.host && known.address.port === address.port) {
      return known;
    }
    if (known !== undefined) {
      this.#peers.delete(id);
      known.client.close();
    }
    if (address === null) return null;
    const client = this.#client(address);
    const served = new ServedVersions(client, softwareVersion, requestTimeoutMs);
    const peer = { address, client, served, complaint: '' };
    this.#peers.set(id, peer);
    return peer;
  }

  #client(address: Address): RpcClient {
    const { connect, clock, clientId, wire } = this.#options;
    const askedBytes = Math.max(wire.fetchMaxBytes, wire.fetchSnapshotMaxBytes, largestBatchBytes);
    return new RpcClient({
      connect: (events, connected) => connect(address, events, connected),
      clock,
      clientId,
      maxResponseBytes: askedBytes + answerOverheadBytes,
    });
  }

  #ask(correlation: number, to: NodeId, peer: Peer, request: RaftRequest, version: number): void {
    const { asker, book, wire, requestTimeoutMs } = this.#options;
    const body = encodeRaftRequest(request, version, wire);
    peer.client.send(rpcOf(request).apiKey, version, body, requestTimeoutMs, (answer) => {
      if (answer === null) {
        // Whoever is there when the connection stands again may be another release.
        peer.served.forget();
        asker.unanswered(correlation);
        return;
      }
      const decoded = this.#decode(to, peer, request, answer, version);
      if (decoded === null) {
        asker.unanswered(correlation);
        return;
      }
      peer.complaint = '';
      if (decoded.leaderEndpoint !== null) book.learnAddress(decoded.response.leaderId, decoded.leaderEndpoint);
      asker.answered(correlation, decoded.response);
    });
  }

  #decode(to: NodeId, peer: Peer, request: RaftRequest, answer: Uint8Array, version: number) {
    try {
      const decoded = decodeRaftResponse(request, answer, version, this.#options.wire.checksum);
      if (decoded === null) this.#complain(to, peer, `it refuses the request ${request.kind}`);
      return decoded;
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof MetadataCorruptError)) throw error;
      this.#complain(to, peer, error.message);
      return null;
    }
  }

  #complain(to: NodeId, peer: Peer, complaint: string): void {
    if (peer.complaint === complaint) return;
    peer.complaint = complaint;
    const { host, port } = peer.address;
    this.#options.logger.warn({ node: to, host, port, complaint }, 'a controller cannot be worked with');
  }
}
