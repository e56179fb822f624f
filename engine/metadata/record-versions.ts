/**
 * Which version of a record a cluster of some metadata.version reads. Levels: 15 = 3.7-IV0, 17 = 3.7-IV2 (directories
 * of replicas), 23 = 4.0-IV1 (eligible leaders), 30 = 4.3-IV0 (cordoned directories).
 */
export const metadataVersionFeature = 'metadata.version';

const directoryAssignment = 17;
const eligibleLeaders = 23;
const cordonedDirectories = 30;

/** Of PartitionRecord and PartitionChangeRecord. */
export function partitionRecordVersion(metadataVersion: number): number {
  if (metadataVersion >= eligibleLeaders) return 2;
  return metadataVersion >= directoryAssignment ? 1 : 0;
}

export function registerBrokerRecordVersion(metadataVersion: number): number {
  if (metadataVersion >= cordonedDirectories) return 4;
  if (metadataVersion >= directoryAssignment) return 3;
  return metadataVersion >= 8 ? 2 : 1;
}

export function hasDirectoryAssignment(metadataVersion: number): boolean {
  return metadataVersion >= directoryAssignment;
}

export function hasEligibleLeaders(metadataVersion: number): boolean {
  return metadataVersion >= eligibleLeaders;
}

/** Followers of before 3.6-IV0 need a new leader epoch whenever the ISR shrinks. */
export function shrinkRaisesLeaderEpoch(metadataVersion: number): boolean {
  return metadataVersion < 12;
}

export function hasCordonedDirectories(metadataVersion: number): boolean {
  return metadataVersion >= cordonedDirectories;
}

export function hasControllerRegistration(metadataVersion: number): boolean {
  return metadataVersion >= 15;
}
