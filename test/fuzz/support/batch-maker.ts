/** Record batches: those that producers send, those that lie, and those that burst. */
import { type CompressionCodec, compressionCodec } from '#engine/base/codec.ts';
import { batchHeaderBytes, batchLayout, logOverheadBytes } from '#engine/protocol/batch-layout.ts';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { sealBatch } from '#engine/protocol/records/batch-view.ts';
import { writeBigInt64, writeInt16, writeInt32, writeInt64 } from '#engine/protocol/records/big-endian.ts';
import { checksum } from '#native/checksum.ts';
import { compression } from '#native/compression.ts';
import { bombs } from '../../support/bombs.ts';
import { hostileCases } from '../../support/hostile-batches.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { mutate, mutateShape } from '../mutate.ts';
import { pick, pickWeighted } from './target.ts';

export interface MadeBatch {
  readonly bytes: Uint8Array;
  /** As a producer would send it. */
  readonly isSound: boolean;
}

/** A batch as built, and records that were broken before they were compressed. */
interface Template {
  readonly codec: CompressionCodec;
  readonly whole: Uint8Array;
  readonly brokenInside: readonly Uint8Array[];
}

const codecs = Object.values(compressionCodec);
const templatesPerCodec = 12;
const bombOneIn = 3000;

/** Compressing takes its time, so what is compressed is made once. */
export class BatchMaker {
  readonly #templates: readonly Template[];
  readonly #hostile: readonly Uint8Array[];
  readonly #bombs: readonly Uint8Array[];

  private constructor(templates: readonly Template[], hostile: readonly Uint8Array[], bursting: readonly Uint8Array[]) {
    this.#templates = templates;
    this.#hostile = hostile;
    this.#bombs = bursting;
  }

  static async create(nowMs: number): Promise<BatchMaker> {
    const random = new SeededRandom(11);
    const templates: Template[] = [];
    for (const codec of codecs) {
      for (let i = 0; i < templatesPerCodec; i++) templates.push(await makeTemplate(codec, random, nowMs));
    }
    const hostile = hostileCases(nowMs).map(({ bytes }) => Uint8Array.from(bytes));
    const bursting = (['gzip', 'snappy', 'lz4', 'zstd'] as const).flatMap((name) =>
      bombs(name).map(({ bytes }) => withRecords(templates[0]!.whole, bytes, compressionCodec[name])),
    );
    return new BatchMaker(templates, hostile, bursting);
  }

  make(random: SeededRandom): MadeBatch {
    const { whole, brokenInside } = pick(random, this.#templates);
    if (random.oneIn(bombOneIn)) return { bytes: pick(random, this.#bombs).slice(), isSound: false };
    const kind = pickWeighted(random, {
      sound: 50,
      header: 15,
      inside: 10,
      bytes: 12,
      nested: 4,
      hostile: 6,
      nothing: 1,
    });
    switch (kind) {
      case 'sound':
        return { bytes: whole.slice(), isSound: true };
      case 'header':
        return { bytes: sealed(headerChanged(whole.slice(), random)), isSound: false };
      case 'inside':
        return { bytes: pick(random, brokenInside).slice(), isSound: false };
      case 'bytes': {
        const changed = mutateShape(whole, random);
        return { bytes: random.oneIn(2) ? changed : sealed(changed.slice()), isSound: false };
      }
      case 'nested':
        return { bytes: nested(whole, pick(random, this.#templates).whole, random), isSound: false };
      case 'hostile':
        return { bytes: pick(random, this.#hostile).slice(), isSound: false };
      default:
        return { bytes: new Uint8Array(random.below(70)), isSound: false };
    }
  }
}

async function makeTemplate(codec: CompressionCodec, random: SeededRandom, nowMs: number): Promise<Template> {
  const plain = buildRecords(random, nowMs);
  const records = plain.subarray(batchHeaderBytes);
  const compressed = async (inside: Uint8Array): Promise<Uint8Array> =>
    withRecords(plain, await compression.compress(codec, inside, undefined), codec);
  const brokenInside: Uint8Array[] = [];
  for (let i = 0; i < 8; i++) brokenInside.push(await compressed(brokenVarints(records, random)));
  // A batch where there should be records, compressed twice over.
  brokenInside.push(await compressed(plain), await compressed((await compressed(records)).subarray(batchHeaderBytes)));
  return { codec, whole: await compressed(records), brokenInside };
}

function buildRecords(random: SeededRandom, nowMs: number): Uint8Array {
  const builder = new BatchBuilder({});
  const count = random.oneIn(4) ? 1 + random.below(300) : 1 + random.below(4);
  for (let i = 0; i < count; i++) {
    const value = random.oneIn(8) ? null : new Uint8Array(random.oneIn(10) ? random.below(3000) : random.below(40));
    if (value !== null && random.oneIn(2)) random.fill(value);
    const key = random.oneIn(3) ? null : new Uint8Array(random.below(12));
    const headers = random.oneIn(4)
      ? [{ key: Buffer.from('h'), value: random.oneIn(2) ? null : Buffer.from('v') }]
      : [];
    builder.append(nowMs + random.below(50) - 25, key, value, headers);
  }
  return builder.build(checksum).slice();
}

/** Varints that never end, counts and lengths that are more than there is, records cut short. */
function brokenVarints(records: Uint8Array, random: SeededRandom): Uint8Array {
  if (random.oneIn(3)) return mutate(records, random);
  const changed = records.slice();
  const near = random.oneIn(2) ? random.below(Math.min(12, changed.length)) : random.below(changed.length);
  changed.set([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff].slice(0, changed.length - near), near);
  return changed;
}

/** The header of `batch` before other records. */
function withRecords(batch: Uint8Array, records: Uint8Array, codec: number): Uint8Array {
  const made = new Uint8Array(batchHeaderBytes + records.length);
  made.set(batch.subarray(0, batchHeaderBytes));
  made.set(records, batchHeaderBytes);
  writeInt32(made, batchLayout.batchLength, made.length - logOverheadBytes);
  writeInt16(made, batchLayout.attributes, codec);
  return sealed(made);
}

function sealed(batch: Uint8Array): Uint8Array {
  if (batch.length < batchHeaderBytes) return batch;
  writeInt32(batch, batchLayout.batchLength, batch.length - logOverheadBytes);
  batch[batchLayout.magic] = 2;
  sealBatch(batch, 0, checksum);
  return batch;
}

const absurdInt32 = [-1, 0, 1, 2, 0x7fff_ffff, -0x8000_0000, 1 << 20] as const;
const absurdInt64 = [-1n, 0n, 1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n), 1_700_000_000_000n] as const;

function headerChanged(batch: Uint8Array, random: SeededRandom): Uint8Array {
  for (let n = 1 + random.below(3); n > 0; n--) {
    switch (random.below(9)) {
      case 0:
        writeInt32(batch, batchLayout.recordCount, pick(random, absurdInt32));
        break;
      case 1:
        writeInt32(batch, batchLayout.lastOffsetDelta, pick(random, absurdInt32));
        break;
      case 2:
        writeBigInt64(batch, batchLayout.baseTimestamp, pick(random, absurdInt64));
        break;
      case 3:
        writeBigInt64(batch, batchLayout.maxTimestamp, pick(random, absurdInt64));
        break;
      case 4:
        writeInt16(batch, batchLayout.attributes, random.oneIn(2) ? random.below(64) : random.below(65_536) - 32_768);
        break;
      case 5:
        writeInt64(batch, batchLayout.baseOffset, random.below(3));
        break;
      default:
        writeBigInt64(
          batch,
          batchLayout.producerId,
          random.oneIn(3) ? pick(random, absurdInt64) : BigInt(random.below(5)),
        );
        writeInt16(batch, batchLayout.producerEpoch, random.oneIn(5) ? random.below(65_536) - 32_768 : random.below(3));
        writeInt32(batch, batchLayout.baseSequence, random.oneIn(4) ? pick(random, absurdInt32) : random.below(20));
    }
  }
  return batch;
}

/** A batch in a batch's records, or several behind each other. */
function nested(outer: Uint8Array, inner: Uint8Array, random: SeededRandom): Uint8Array {
  if (random.oneIn(2))
    return Uint8Array.from(Buffer.concat([outer, inner.subarray(0, random.below(inner.length + 1))]));
  return withRecords(outer, inner, random.below(5));
}
