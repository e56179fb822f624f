/** Kafka's own bounds on what one admin request may ask for (KIP-599's siblings in the controller). */
export const controllerLimits = {
  /** Records that one request may make; partitions that one CreateTopics may name. */
  recordsPerRequest: 10_000,
  /** Records in one batch of a decision that need not be atomic. */
  recordsPerBatch: 10_000,
  /** Requests waiting for their records to commit, or for their codec. Beyond it the newest is refused. */
  waitingRequests: 4096,
  /** A config value that APPEND made, in bytes. */
  configValueLength: 32_767,
  /** Producer ids handed to a broker at a time. */
  producerIdBlock: 1000,
} as const;
