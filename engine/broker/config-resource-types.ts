/** Kinds of resources that have configurations, by their codes in requests (ConfigResource.Type). */
export const configResourceType = {
  topic: 2,
  broker: 4,
  brokerLogger: 8,
  clientMetrics: 16,
  group: 32,
} as const;
