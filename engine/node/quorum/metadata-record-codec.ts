import { assert } from '../../base/assert.ts';
import { metadataRecordLoaders } from '../../protocol/generated/loaders.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import type { Reader } from '../../protocol/reader.ts';
import { readMetadataFrame, writeMetadataFrame } from '../../protocol/record-frame.ts';
import type { MessageCodec } from '../../protocol/types.ts';
import type { Writer } from '../../protocol/writer.ts';
import type { MetadataRecord } from './metadata-log.ts';

/** Metadata records to and from the values of `__cluster_metadata`: the frame, then the message. */
export interface MetadataRecordCodec {
  encode(writer: Writer, record: MetadataRecord): void;
  /** Throws ProtocolError for a record that this release does not know. */
  decode(reader: Reader): MetadataRecord;
}

/** Loads the codecs of all metadata records: replay must not wait for an import. */
export async function loadMetadataRecordCodec(): Promise<MetadataRecordCodec> {
  const codecs = new Map<number, MessageCodec>();
  const loading = Object.entries(metadataRecordLoaders).map(async ([apiKey, load]) => {
    if (load !== undefined) codecs.set(Number(apiKey), await load());
  });
  await Promise.all(loading);
  return {
    encode(writer, { apiKey, version, message }) {
      const codec = codecs.get(apiKey);
      assert(codec !== undefined, `no metadata record has the key ${apiKey}`);
      writeMetadataFrame(writer, apiKey, version);
      codec.encode(writer, message, version);
    },
    decode(reader) {
      const { apiKey, version } = readMetadataFrame(reader);
      const codec = codecs.get(apiKey);
      if (codec === undefined || version < codec.lowestVersion || version > codec.highestVersion) {
        throw new ProtocolError('unsupported-version', `metadata record ${apiKey} of version ${version} is not known`);
      }
      return { apiKey, version, message: codec.decode(reader, version) };
    },
  };
}
