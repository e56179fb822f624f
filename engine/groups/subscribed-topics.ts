import { decodeConsumerProtocolSubscription } from '../protocol/generated/consumer-protocol-subscription.js';
import { nullWhereBroken } from '../protocol/null-where-broken.ts';
import { Reader } from '../protocol/reader.ts';

/** The type that consumers' groups have, and the only one whose metadata brokers read. */
export const consumerProtocolType = 'consumer';

/** The topics of consumers' subscriptions; null where one of them is no subscription. */
export function subscribedTopics(subscriptions: readonly Uint8Array[]): ReadonlySet<string> | null {
  return nullWhereBroken(() => {
    const topics = new Set<string>();
    for (const subscription of subscriptions) {
      const reader = new Reader(subscription);
      // Every version begins like the first, so that brokers need not know those that are to come.
      if (reader.int16() < 0) return null;
      for (const topic of decodeConsumerProtocolSubscription(reader, 0).topics) topics.add(topic);
    }
    return topics;
  });
}
