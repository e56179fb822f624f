/**
 * Where every word of shared memory lies. Positions are in Int32 words of the buffer that they describe. Words that
 * different threads write are two cache lines apart, because processors fetch lines in pairs.
 */
const apartWords = 32;

/** A descriptor is one cache line. */
export const descriptorWords = 16;

/** Ring: the producer writes `tail`, the consumer `head`; `slots` is written once, before the ring is handed over. */
export const ringWord = {
  tail: 0,
  head: apartWords,
  slots: 2 * apartWords,
  descriptors: 3 * apartWords,
} as const;

export function ringBytes(slots: number): number {
  return (ringWord.descriptors + slots * descriptorWords) * 4;
}

/**
 * Positions within a descriptor that every kind shares. `token` is the credit that the descriptor travels on; a
 * completion repeats it. Words from `argument` on belong to the kind.
 */
export const descriptorWord = {
  kind: 0,
  token: 1,
  /** Connection slot, and the generation of its tenant. */
  connection: 2,
  connectionGeneration: 3,
  /** Chunk of the sender's arena (of the receiver's, in a chunk return), and the bytes in it that are meant. */
  chunk: 4,
  from: 5,
  length: 6,
  argument: 7,
} as const;

/** Kinds from `firstOwn` on are given out by the code that sends them. */
export const descriptorKind = { chunkReturn: 1, control: 2, firstOwn: 16 } as const;

/** Chunk return: `token` holds how many refs follow it. */
export const chunkReturnWord = { count: 1, refs: 2 } as const;
export const refsPerReturn = descriptorWords - chunkReturnWord.refs;

/** Doorbells: one word a thread. */
export const doorbellStrideWords = apartWords;
export const doorbellState = { awake: 0, asleep: 1 } as const;

/**
 * Arena: slabs of the largest chunk's size from byte 0, so that a chunk's offset is its index times the smallest
 * chunk; behind them one word a slab, the size class it is cut into, or `slabUnused`.
 */
export const slabUnused = -1;

export function arenaBytes(slabs: number, slabBytes: number): number {
  return slabs * slabBytes + slabs * 4;
}

/** A chunk ref is `generation << indexBits | index`, a non-negative int32. */
export const chunkRef = { indexBits: 20, indexMask: (1 << 20) - 1, generationMask: (1 << 11) - 1 } as const;

/** Shared tables: the first word of a row is its sequence, odd while its writer is at work. */
export const rowWord = { sequence: 0, first: 1 } as const;
