import { type MetadataRecord, recordKey } from '../metadata/metadata-record.ts';
import type { DecisionContext } from './decision.ts';
import { elrFeature, elrSafetyRecords } from './feature-levels.ts';

/** Ends a transaction of the log that a predecessor left open (KIP-868). */
export function abortRecords(): readonly MetadataRecord[] {
  const message = { reason: 'the controller that began it is gone' };
  return [{ apiKey: recordKey.abortTransaction, version: 0, message }];
}

/**
 * What the first controller of a cluster writes before all else: the bootstrap records that formatting left, within one
 * transaction, and what the levels among them call for. As Apache Kafka writes them, in its order.
 */
export function bootstrapRecords(
  context: DecisionContext,
  bootstrap: readonly MetadataRecord[],
): readonly MetadataRecord[] {
  const levels = bootstrap
    .filter((record) => record.apiKey === recordKey.featureLevel)
    .map((record) => record.message as { readonly name: string; readonly featureLevel: number });
  const elr = levels.some(({ name, featureLevel }) => name === elrFeature && featureLevel > 0);
  return [
    { apiKey: recordKey.beginTransaction, version: 0, message: { name: 'Bootstrap records' } },
    ...bootstrap,
    ...(elr ? elrSafetyRecords(context) : []),
    { apiKey: recordKey.endTransaction, version: 0, message: {} },
  ];
}
