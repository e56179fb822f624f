/**
 * One partition's share of a Produce request, in Int32 words: as it lies in a descriptor, in a list chunk, or in the
 * memory of the thread that asks. The owner of the partition writes the result into the same words.
 */
export const produceEntry = {
  row: 0,
  /** Generation of the topic's row: a topic deleted and made again has another. */
  topicGeneration: 1,
  /** Where the batch lies in the asking thread's arena. */
  from: 2,
  length: 3,
  /** Result. `baseOffset`, `logAppendTimeMs` and `logStartOffset` are wide (two words). */
  errorCode: 4,
  baseOffset: 5,
  logAppendTimeMs: 7,
} as const;

/** A descriptor has 16 words, of which an entry may take nine. */
export const produceEntryWords = 9;

/** Why a batch was refused, beyond its error code. Rare, so it travels apart from the words. */
export interface ProduceDetail {
  readonly message: string | null;
  readonly recordErrors: readonly { readonly batchIndex: number; readonly message: string | null }[];
}
