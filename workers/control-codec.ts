import { Packr } from 'msgpackr/pack';
import type { MessageCodec } from '../engine/node/mesh.ts';

/** Control messages between threads as msgpack: plain maps, so that neither side has to know the other's structures. */
export function controlCodec(): MessageCodec {
  const packr = new Packr({ useRecords: false, mapsAsObjects: true, moreTypes: true });
  return {
    encode: (message) => packr.pack(message),
    decode: (bytes) => packr.unpack(bytes) as unknown,
  };
}
