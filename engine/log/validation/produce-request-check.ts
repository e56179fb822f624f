import { compressionCodec } from '../../base/codec.ts';
import { batchHeaderBytes, logOverheadBytes } from '../../protocol/batch-layout.ts';
import { errorCode } from '../../protocol/errors.ts';
import * as view from '../../protocol/records/batch-view.ts';

/** The first version of Produce whose clients know zstd (KIP-110). */
const zstdSinceVersion = 7;

/**
 * What hangs on the request's version and not on the partition: 0, or the error code for this partition. Everything
 * else is left to `validateBatch` on the partition's owner.
 */
export function checkProduceVersion(bytes: Uint8Array, at: number, length: number, version: number): number {
  if (version >= zstdSinceVersion || !hasHeader(bytes, at, length)) return 0;
  return view.batchCodec(bytes, at) === compressionCodec.zstd ? errorCode.UNSUPPORTED_COMPRESSION_TYPE : 0;
}

/**
 * Whether a partition's records are transactional. Apache's broker answers the whole request with
 * TRANSACTIONAL_ID_AUTHORIZATION_FAILED when any is and the request names no transactional id, or one that the client may not write.
 */
export function isTransactionalProduce(bytes: Uint8Array, at: number, length: number): boolean {
  return hasHeader(bytes, at, length) && view.batchIsTransactional(bytes, at);
}

/** Whether a partition's records come from an idempotent or transactional producer. */
export function isIdempotentProduce(bytes: Uint8Array, at: number, length: number): boolean {
  return hasHeader(bytes, at, length) && view.batchHasProducerId(bytes, at);
}

function hasHeader(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < batchHeaderBytes || view.batchMagic(bytes, at) !== view.magicV2) return false;
  const size = view.batchLength(bytes, at) + logOverheadBytes;
  return size >= batchHeaderBytes && size <= length;
}
