/** Requests made from the schemas: valid values where the field's name tells what is valid, limits, and absurdities. */
import type { Field, Message } from '../../../tools/generate/schema.ts';
import { contains } from '../../../tools/generate/version-range.ts';
import type { Sample, SampleValue } from '../../golden/message-samples.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { BatchMaker } from './batch-maker.ts';
import { pick } from './target.ts';

/** What there is in the world that requests are made for. */
export interface Known {
  readonly topics: readonly { readonly name: string; readonly id: string }[];
  readonly configNames: readonly string[];
  readonly clusterId: string;
}

/** How far from what is valid a request may go: in how many of its fields out of a hundred. */
export type Wildness = 0 | 5 | 40;

const words = [
  '1',
  '-1',
  '0',
  'compact',
  'delete',
  'gzip',
  'producer',
  'true',
  '',
  'é',
  '..',
  'a b',
  '\u0000',
  '9999999999999',
];
const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA';
const longest = { few: 4, many: 300 } as const;

export class RequestMaker {
  readonly #known: Known;
  readonly #batches: BatchMaker;
  readonly #random: SeededRandom;
  readonly #message: Message;
  readonly #version: number;
  readonly #wildness: Wildness;
  #elementsLeft = 600;

  constructor(
    known: Known,
    batches: BatchMaker,
    random: SeededRandom,
    message: Message,
    version: number,
    wildness: Wildness,
  ) {
    this.#known = known;
    this.#batches = batches;
    this.#random = random;
    this.#message = message;
    this.#version = version;
    this.#wildness = wildness;
  }

  make(): Sample {
    return this.#struct(this.#message.fields);
  }

  #struct(fields: readonly Field[]): Sample {
    const sample: Sample = {};
    for (const field of fields) {
      if (contains(field.versions, this.#version)) sample[field.name] = this.#value(field);
    }
    if (contains(this.#message.flexible, this.#version)) sample.unknownTaggedFields = this.#tags(fields);
    return sample;
  }

  #isWild(): boolean {
    return this.#random.below(100) < this.#wildness;
  }

  #value(field: Field): SampleValue {
    if (contains(field.nullable, this.#version) && this.#random.oneIn(isSeldomSet(field.name) ? 2 : 8)) return null;
    if (!field.array) return this.#one(field);
    const wanted =
      this.#isWild() && this.#random.oneIn(4) ? this.#random.below(longest.many) : this.#random.below(longest.few);
    const length = Math.min(wanted, this.#elementsLeft);
    this.#elementsLeft -= length;
    const list = Array.from({ length }, () => this.#one(field));
    // The same element twice over is what clients send by mistake.
    if (list.length > 0 && this.#random.oneIn(8)) list.push(list[0]!);
    return list;
  }

  #one(field: Field): SampleValue {
    if (field.struct) return this.#struct(this.#message.structs.get(field.type)!.fields);
    const random = this.#random;
    switch (field.type) {
      case 'bool':
        return random.oneIn(2);
      case 'float64':
        return this.#isWild() ? pick(random, [Number.NaN, Infinity, -0, 5e-324]) : random.below(100) / 4;
      case 'uuid':
        return this.#uuid();
      case 'string':
        return this.#text(field.name.toLowerCase());
      case 'records':
        return this.#batches.make(random).bytes;
      case 'bytes': {
        const bytes = new Uint8Array(random.below(this.#isWild() ? 4000 : 40));
        random.fill(bytes);
        return bytes;
      }
      default:
        return this.#integer(field);
    }
  }

  #uuid(): string {
    const random = this.#random;
    if (random.oneIn(6)) return zeroUuid;
    if (!this.#isWild() && this.#known.topics.length > 0) return pick(random, this.#known.topics).id;
    const bytes = Buffer.alloc(16);
    random.fill(bytes);
    return bytes.toString('base64url');
  }

  #text(name: string): string {
    const random = this.#random;
    const { topics, configNames, clusterId } = this.#known;
    if (this.#isWild()) return this.#absurdText();
    if (/cluster/.test(name)) return clusterId;
    if (/host/.test(name)) return '127.0.0.1';
    if (/software/.test(name)) return pick(random, ['librdkafka', 'apache-kafka-java', '2.4.0']);
    if (/topic/.test(name) || (name === 'name' && random.oneIn(2))) {
      return random.oneIn(6) ? `made-${random.below(40)}` : pick(random, topics).name;
    }
    if (/name|key/.test(name)) {
      return random.oneIn(4) ? pick(random, topics).name : random.oneIn(8) ? '1' : pick(random, configNames);
    }
    return random.oneIn(4) ? String(random.below(100_000)) : pick(random, words);
  }

  #absurdText(): string {
    const random = this.#random;
    switch (random.below(5)) {
      case 0:
        return 'x'.repeat(random.oneIn(20) ? 32_767 : 240 + random.below(30));
      case 1:
        return pick(random, words);
      case 2:
        return `../${'../'.repeat(random.below(4))}etc`;
      case 3:
        return '𝄞'.repeat(random.below(50));
      default:
        return Buffer.from(Array.from({ length: random.below(20) }, () => random.below(256))).toString('latin1');
    }
  }

  #integer(field: Field): number | bigint {
    const value = this.#isWild() ? this.#absurdInteger(field.type) : this.#likelyInteger(field.name.toLowerCase());
    const [least, greatest] = integerRanges[field.type]!;
    const within = value < least ? least : value > greatest ? greatest : value;
    return field.type === 'int64' ? within : Number(within);
  }

  #absurdInteger(type: string): bigint {
    const [least, greatest] = integerRanges[type]!;
    const random = this.#random;
    const random48 = BigInt(random.below(2 ** 30)) * BigInt(2 ** 18);
    return pick(random, [
      least,
      least + 1n,
      greatest,
      greatest - 1n,
      -1n,
      0n,
      -2n,
      -3n,
      random48,
      -random48,
      1n << 31n,
    ]);
  }

  #likelyInteger(name: string): bigint {
    const random = this.#random;
    if (/wait|timeout/.test(name)) return BigInt(random.below(200));
    if (/maxbytes/.test(name)) return 1n << BigInt(8 + random.below(16));
    if (/epoch/.test(name)) return BigInt(pick(random, [-1, -1, 0, 0, 0, 1]));
    if (/timestamp/.test(name)) return BigInt(pick(random, [-5, -4, -3, -2, -1, 0, 1_700_000_000_000]));
    if (/offset/.test(name)) return BigInt(pick(random, [0, 0, 0, -1, 1, 5, 100]));
    if (/replicationfactor/.test(name)) return BigInt(pick(random, [1, -1, 1, 2]));
    if (/broker|replicaid|nodeid|controllerid|leader/.test(name)) return BigInt(pick(random, [-1, -1, 1, 2]));
    if (/resourcetype/.test(name)) return BigInt(pick(random, [2, 2, 4, 4, 8, 16, 32]));
    if (/acks/.test(name)) return BigInt(pick(random, [-1, -1, 1, 0]));
    if (/numpartitions|count/.test(name)) return BigInt(pick(random, [-1, 1, 2, 3, 6]));
    if (/sessionid/.test(name)) return BigInt(pick(random, [0, 0, 0, 1]));
    return BigInt(random.below(4));
  }

  #tags(fields: readonly Field[]): Sample[] {
    if (!this.#random.oneIn(12)) return [];
    const data = new Uint8Array(this.#random.below(30));
    this.#random.fill(data);
    const known = fields.filter(({ tag }) => tag !== null).length;
    return [{ tag: known + this.#random.below(50), data }];
  }
}

/** Fields that most clients leave null, and that turn a request into another when they are set. */
function isSeldomSet(name: string): boolean {
  return /transactionalId/i.test(name);
}

const integerRanges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int8: [-0x80n, 0x7fn],
  int16: [-0x8000n, 0x7fffn],
  uint16: [0n, 0xffffn],
  int32: [-0x80000000n, 0x7fffffffn],
  uint32: [0n, 0xffffffffn],
  int64: [-0x8000000000000000n, 0x7fffffffffffffffn],
};
