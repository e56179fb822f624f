/** What clients did and saw, for checkers that know nothing of how it came about. */

export type SendOutcome =
  /** Acknowledged; the offset of the first value, -1 where the broker only knew that it has the batch. */
  | { readonly kind: 'acknowledged'; readonly offset: number }
  /** Refused before anything was written. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Nobody knows. */
  | { readonly kind: 'unknown'; readonly error: string };

/** One batch of a producer's, however often it was tried. */
export interface Send {
  readonly producer: number;
  readonly partition: number;
  /** Unlike any other in the history. */
  readonly values: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly outcome: SendOutcome;
}

export interface SeenRecord {
  readonly offset: number;
  readonly value: string;
}

/** One answer to a consumer. */
export interface Poll {
  readonly consumer: string;
  /** Another one after each seek: within a session offsets only go on. */
  readonly session: number;
  readonly partition: number;
  readonly atMs: number;
  readonly records: readonly SeenRecord[];
}

/** The log of one replica when all had ended. */
export interface ReplicaLog {
  readonly nodeId: number;
  readonly partition: number;
  readonly startOffset: number;
  readonly endOffset: number;
  /** A digest of each batch's bytes, by base offset. */
  readonly batches: ReadonlyMap<number, string>;
}

export interface History {
  /** In the order in which each producer sent them. */
  readonly sends: readonly Send[];
  /** In the order in which each consumer got them. */
  readonly polls: readonly Poll[];
  /** All records of each partition, read when the cluster was whole again. */
  readonly finalReads: ReadonlyMap<number, readonly SeenRecord[]>;
  readonly replicas: readonly ReplicaLog[];
}

export type FindingKind =
  | 'lost'
  | 'unseen'
  | 'duplicate'
  | 'inconsistent-offset'
  | 'reordered'
  | 'poll-skip'
  | 'poll-back'
  | 'phantom'
  | 'refused-but-written'
  | 'diverged'
  | 'producer-surprise'
  | 'consumer-surprise'
  | 'no-progress'
  | 'node-died';

export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
}
