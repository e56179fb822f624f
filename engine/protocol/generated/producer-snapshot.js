// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList } from '../types.ts';

export const lowestVersion = 1;
export const highestVersion = 1;
export { decodeProducerSnapshot as decode, encodeProducerSnapshot as encode };

export function decodeProducerSnapshot(r, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ProducerSnapshot', v);
  return {
    crc: r.uint32(),
    producerEntries: r.list(readProducerEntry, v, false, 46),
  };
}

function readProducerEntry(r, v) {
  return {
    producerId: r.int64(),
    epoch: r.int16(),
    lastSequence: r.int32(),
    lastOffset: r.int64(),
    offsetDelta: r.int32(),
    timestamp: r.int64(),
    coordinatorEpoch: r.int32(),
    currentTxnFirstOffset: r.int64(),
  };
}

export function encodeProducerSnapshot(w, m, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ProducerSnapshot', v);
  w.uint32(m.crc ?? 0);
  w.list(m.producerEntries ?? emptyList, writeProducerEntry, v, false);
}

function writeProducerEntry(w, m, v) {
  w.int64(m.producerId ?? 0n);
  w.int16(m.epoch ?? 0);
  w.int32(m.lastSequence ?? 0);
  w.int64(m.lastOffset ?? 0n);
  w.int32(m.offsetDelta ?? 0);
  w.int64(m.timestamp ?? 0n);
  w.int32(m.coordinatorEpoch ?? 0);
  w.int64(m.currentTxnFirstOffset ?? 0n);
}
