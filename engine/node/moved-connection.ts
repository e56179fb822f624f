import type { MovedSession } from '../broker/fetch-sessions.ts';

/** What goes along with a connection that another shard goes on with. */
export interface MovedConnection {
  readonly principal: string;
  readonly clientSoftwareName: string;
  readonly clientSoftwareVersion: string;
  readonly session: MovedSession | undefined;
}

/** A connection on its way: its descriptor is the taker's to close, and it counts as its old shard's until it is taken. */
export interface LeavingConnection {
  readonly fd: number;
  readonly address: string;
  readonly listener: string;
  readonly to: number;
  readonly moved: MovedConnection;
}

/** How a shard's connections get to others. */
export interface ConnectionMoves {
  readonly self: number;
  readonly shards: number;
  readonly give: (connection: LeavingConnection) => void;
  readonly takeSession: (id: number) => MovedSession | undefined;
}
