import type { PublisherMessage } from '../metadata/delta.ts';
import type { CheckpointFiles } from '../replica/host.ts';
import type { LeavingConnection, MovedConnection } from './moved-connection.ts';
import type { ShardStart } from './shard-start.ts';
import type { ShardStats } from './shard-stats.ts';

/** A message port as far as a shard needs it. */
export interface ShardPort {
  postMessage(message: ShardReport): void;
  on(event: 'message', listener: (command: ShardCommand) => void): unknown;
  close(): void;
}

/** What the resident task of a shard is started with. */
export interface ShardTask {
  readonly start: ShardStart;
  readonly directories: readonly ShardDirectory[];
  readonly descriptorBudget: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** For what can't go by ring: shared memory, and the steps of a life. */
  readonly port: ShardPort;
}

export interface ShardDirectory {
  readonly path: string;
  readonly isClean: boolean;
  /** One shared word: whether the directory is online. */
  readonly state: SharedArrayBuffer;
  /** One shared word: how many logs lie in it. */
  readonly logs: SharedArrayBuffer;
}

export interface ShardListener {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** Coordinator to shard. */
export type ShardCommand =
  | PublisherMessage
  | { readonly kind: 'listen'; readonly listeners: readonly ShardListener[]; readonly reusePort: boolean }
  | { readonly kind: 'stopListening' }
  /** A connection that another shard accepted or served, counted as this one's: a descriptor, and the name of its listener. */
  | {
      readonly kind: 'adopt';
      readonly fd: number;
      readonly address: string;
      readonly listener: string;
      readonly moved?: MovedConnection;
    }
  | { readonly kind: 'stats'; readonly number: number }
  | { readonly kind: 'renewLink'; readonly link: ShardStart['memory']['mesh']['links'][number] }
  /** The checkpoint files say by now what the shared columns said when it was asked for. */
  | { readonly kind: 'checkpointed'; readonly which: CheckpointFiles }
  /** Every log's place is in the shared columns by now. `directoryIds`: of the log directories, as far as they are known. */
  | { readonly kind: 'recover'; readonly directoryIds: readonly (string | undefined)[] }
  | { readonly kind: 'close' };

/** Shard to coordinator. */
export type ShardReport =
  | { readonly kind: 'ready'; readonly threadId: number }
  | { readonly kind: 'stats'; readonly number: number; readonly stats: ShardStats }
  | { readonly kind: 'segmentsAdded'; readonly number: number }
  | { readonly kind: 'deltaApplied'; readonly imageOffset: number }
  /** The checkpoint files are to be written; answered by `checkpointed`. One of each kind at a time. */
  | { readonly kind: 'checkpoint'; readonly which: CheckpointFiles }
  | { readonly kind: 'listening' }
  | { readonly kind: 'listenFailed'; readonly message: string }
  | { readonly kind: 'linkRenewed'; readonly thread: number }
  /** The descriptor of an `adopt` is not needed any more. */
  | { readonly kind: 'adopted'; readonly fd: number }
  /** A connection over its share, or one that is to go `to` a certain shard; counted as its own. */
  | ({ readonly kind: 'handOver' } & Pick<LeavingConnection, 'fd' | 'address' | 'listener'> &
      Partial<Pick<LeavingConnection, 'to' | 'moved'>>)
  /** `failedDirectories`: indices of log directories of which not all logs are closed well. */
  | { readonly kind: 'closed'; readonly failedDirectories: readonly number[] };
