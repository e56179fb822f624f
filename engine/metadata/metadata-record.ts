/**
 * A record of the metadata log: the schema's api key, the version that its value is written in, and the generated
 * message object. Structurally what the metadata log of the node takes and gives.
 */
export interface MetadataRecord {
  readonly apiKey: number;
  readonly version: number;
  readonly message: object;
}

/** Api keys of the metadata records (a number space of their own). */
export const recordKey = {
  registerBroker: 0,
  unregisterBroker: 1,
  topic: 2,
  partition: 3,
  config: 4,
  partitionChange: 5,
  fenceBroker: 7,
  unfenceBroker: 8,
  removeTopic: 9,
  delegationToken: 10,
  userScramCredential: 11,
  featureLevel: 12,
  clientQuota: 14,
  producerIds: 15,
  brokerRegistrationChange: 17,
  accessControlEntry: 18,
  removeAccessControlEntry: 19,
  noOp: 20,
  zkMigrationState: 21,
  removeUserScramCredential: 22,
  beginTransaction: 23,
  endTransaction: 24,
  abortTransaction: 25,
  removeDelegationToken: 26,
  registerController: 27,
  clearElr: 28,
} as const;
