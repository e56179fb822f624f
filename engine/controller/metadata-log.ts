import type { LeaderEpoch, NodeId, Offset } from '../base/brands.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';

/** The part of the metadata log that the controller writes to. */
export interface ControllerLog {
  /** Finalized level of the feature kraft.version. */
  readonly kraftVersion?: number;
  /** Why it cannot have this level; null: it can, or it has it. */
  kraftUpgradeRefusal?(level: number): string | null;
  /** Gives it the level (KIP-853). Throws as `append` does. */
  upgradeKraftVersion?(epoch: LeaderEpoch, level: number): void;
  isLeader(): boolean;
  leaderId(): NodeId;
  endOffset(): Offset;
  highWatermark(): Offset;
  /** Throws an error whose `reason` is one of `AppendRefusal`; nothing was appended then. */
  append(epoch: LeaderEpoch, records: readonly MetadataRecord[]): Offset;
}

export type AppendRefusal = 'not-leader' | 'too-large' | 'backlogged';

/** The reason of a refused append; null for any other error. */
export function appendRefusal(error: unknown): AppendRefusal | null {
  if (!(error instanceof Error) || error.name !== 'MetadataLogError' || !('reason' in error)) return null;
  const { reason } = error;
  return reason === 'not-leader' || reason === 'too-large' || reason === 'backlogged' ? reason : null;
}
