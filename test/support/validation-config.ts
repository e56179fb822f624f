import type { ValidationConfig } from '../../engine/log/validation/validation-types.ts';

/** A topic's configuration with Kafka's defaults, and what is given. */
export function validationConfig(given: Partial<ValidationConfig> = {}): ValidationConfig {
  return {
    topicPartition: 'topic-0',
    maxMessageBytes: 1_048_588,
    segmentBytes: 1_073_741_824,
    isCompacted: false,
    isLogAppendTime: false,
    timestampBeforeMaxMs: 2 ** 63,
    timestampAfterMaxMs: 3_600_000,
    targetCodec: null,
    targetLevel: undefined,
    ...given,
  };
}
