import { ProtocolError } from './protocol-error.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** What the frame of a metadata record is written with; there has been no other. */
const metadataFrameVersion = 1;

/** Which record a value of `__cluster_metadata` (or of `__remote_log_metadata`) holds, and in which version. */
export interface RecordFrame {
  readonly apiKey: number;
  readonly version: number;
}

/**
 * Reads the frame in front of a metadata record: frame version, api key and version as unsigned varints. The record
 * itself follows. Throws ProtocolError (`unsupported-version` for another frame version).
 */
export function readMetadataFrame(reader: Reader): RecordFrame {
  const frameVersion = reader.uvarint();
  if (frameVersion !== metadataFrameVersion) {
    throw new ProtocolError('unsupported-version', `no metadata frame has version ${frameVersion}`);
  }
  const apiKey = reader.uvarint();
  const version = reader.uvarint();
  if (apiKey > 0x7fff || version > 0x7fff) {
    throw new ProtocolError('out-of-range', `api key ${apiKey} or version ${version} of a metadata record is no int16`);
  }
  return { apiKey, version };
}

export function writeMetadataFrame(writer: Writer, apiKey: number, version: number): void {
  writer.uvarint(metadataFrameVersion);
  writer.uvarint(apiKey);
  writer.uvarint(version);
}

/**
 * Reads the int16 in front of a coordinator's record (`__consumer_offsets`, `__transaction_state`,
 * `__share_group_state`): of a key it is the type of the record, of a value the version. Throws ProtocolError
 * (`out-of-range`) when it is negative.
 */
export function readCoordinatorPrefix(reader: Reader): number {
  const prefix = reader.int16();
  if (prefix < 0) throw new ProtocolError('out-of-range', `a coordinator's record has the prefix ${prefix}`);
  return prefix;
}

export function writeCoordinatorPrefix(writer: Writer, prefix: number): void {
  writer.int16(prefix);
}
