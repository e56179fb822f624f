import { descriptorKind } from '../ring/layout.ts';

/** What descriptors between this program's threads mean. */
export const kind = {
  chunkReturn: descriptorKind.chunkReturn,
  /** A message, encoded, in a chunk of the sender's. */
  control: descriptorKind.control,
  /** Append one batch; the entry lies in the descriptor. */
  produceOne: 16,
  /** Append several; the entries lie in a list chunk, which holds the results too. */
  produceMany: 17,
  produceDone: 18,
  /** Look at partitions for a fetch and keep watching them; the entries lie in a list chunk. */
  fetchProbe: 20,
  /** Read what a probe found, each entry up to its budget. */
  fetchRead: 21,
  /** Look and read in one step. */
  fetchAtOnce: 25,
  fetchDone: 22,
  /** A watched partition has more to read than was told. */
  fetchMore: 23,
  fetchCancel: 24,
  /** What lay in the receiver's oversize region was copied out. */
  oversizeTaken: 26,
} as const;
