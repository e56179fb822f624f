/** Samples of every message in every version, made from the schemas: empty, null, extreme, tagged and random. */
import { join } from 'node:path';
import type { Field, Message } from '../../tools/generate/schema.ts';
import { contains } from '../../tools/generate/version-range.ts';
import { SeededRandom } from '../support/seeded-random.ts';

export const sampleStyles = ['empty', 'null', 'least', 'greatest', 'tagged', 'full', 'random-1', 'random-2'] as const;
/** Lines of name, version and Apache Kafka's bytes in hexadecimal, for the samples of one style. */
export const goldenFile = join(import.meta.dirname, 'messages.txt');
export const goldenStyle = 'full';
export type SampleStyle = (typeof sampleStyles)[number];

export type SampleValue = null | boolean | number | bigint | string | Uint8Array | SampleValue[] | Sample;
export interface Sample {
  [field: string]: SampleValue;
}

/** One value of `message` in `version`, with the fields of that version only. The same arguments give the same value. */
export function makeSample(message: Message, version: number, style: SampleStyle): Sample {
  const seed = [...`${message.name} ${version} ${style}`].reduce((sum, c) => Math.imul(sum, 31) + c.charCodeAt(0), 7);
  return new SampleMaker(message, version, style, new SeededRandom(seed)).struct(message.fields, 0);
}

class SampleMaker {
  readonly #message: Message;
  readonly #version: number;
  readonly #style: SampleStyle;
  readonly #random: SeededRandom;
  #longStringGiven = false;

  constructor(message: Message, version: number, style: SampleStyle, random: SeededRandom) {
    this.#message = message;
    this.#version = version;
    this.#style = style;
    this.#random = random;
  }

  struct(fields: readonly Field[], depth: number): Sample {
    const sample: Sample = {};
    for (const field of fields) {
      if (!contains(field.versions, this.#version)) continue;
      sample[field.name] = this.#isDefaulted(field) ? defaultValue(this.#message, field) : this.#value(field, depth);
    }
    if (contains(this.#message.flexible, this.#version)) {
      sample.unknownTaggedFields = this.#unknownTags(fields.filter((field) => field.tag !== null).length);
    }
    return sample;
  }

  #isDefaulted(field: Field): boolean {
    // The default of records is null, which not every version takes.
    if (field.type === 'records' && !contains(field.nullable, this.#version)) return false;
    if (this.#style === 'empty') {
      // Nor do all versions take a default of null, or the other way round.
      return defaultValue(this.#message, field) !== null || contains(field.nullable, this.#version);
    }
    if (this.#style === 'tagged') return field.tag === null && !field.struct;
    return this.#style.startsWith('random') && field.tag !== null && this.#random.oneIn(2);
  }

  #value(field: Field, depth: number): SampleValue {
    if (contains(field.nullable, this.#version)) {
      if (this.#style === 'null' || (this.#style.startsWith('random') && this.#random.oneIn(4))) return null;
    }
    if (!field.array) return this.#one(field, depth);
    return Array.from({ length: this.#listLength(depth) }, () => this.#one(field, depth + 1));
  }

  #listLength(depth: number): number {
    if (this.#style === 'greatest') return depth === 0 ? 3 : 2;
    if (this.#style.startsWith('random')) return this.#random.below(3);
    // `empty` comes here only where an array has a default that this version does not take.
    return this.#style === 'empty' ? 0 : 1;
  }

  #one(field: Field, depth: number): SampleValue {
    if (field.struct) return this.struct(this.#message.structs.get(field.type)!.fields, depth);
    const range = integerRanges[field.type];
    if (range !== undefined) return this.#integer(field.type, range);
    switch (field.type) {
      case 'bool':
        return this.#style === 'greatest' || this.#style === 'tagged' || this.#random.oneIn(2);
      case 'float64':
        return this.#style === 'greatest' ? 1.5e-300 : this.#style === 'least' ? -0.1 : this.#random.below(9) / 4;
      case 'uuid':
        return this.#style === 'greatest'
          ? '_____________________w'
          : this.#style === 'least'
            ? zeroUuid
            : 'mr3ab-Z_Qk2x012345678w';
      case 'string':
        return this.#text();
      default:
        return this.#bytes();
    }
  }

  #integer(type: string, [least, greatest]: readonly [bigint, bigint]): number | bigint {
    let value = greatest;
    if (this.#style === 'least') value = least;
    else if (this.#style !== 'greatest') value = least + ((greatest - least) * BigInt(this.#random.below(1000))) / 999n;
    return type === 'int64' ? value : Number(value);
  }

  #text(): string {
    if (this.#style === 'least') return '';
    if (this.#style !== 'greatest')
      return ['a', 'topic-1', 'é', '€uro', '𝄞 clef', 'x'.repeat(200)][this.#random.below(6)]!;
    if (this.#longStringGiven) return 'naïve 𝄞';
    this.#longStringGiven = true;
    return 'y'.repeat(0x7fff);
  }

  #bytes(): Uint8Array {
    const length = this.#style === 'greatest' ? 5000 : this.#style === 'least' ? 0 : this.#random.below(12);
    const bytes = new Uint8Array(length);
    this.#random.fill(bytes);
    return bytes;
  }

  #unknownTags(knownTags: number): Sample[] {
    if (this.#style === 'full') return [tag(knownTags + 1, 1)];
    if (this.#style === 'tagged') return [tag(knownTags, 0), tag(knownTags + 7, 1)];
    if (this.#style === 'greatest') return [tag(knownTags + 1, 200), tag(0x7ffffffe, 3)];
    if (this.#style.startsWith('random') && this.#random.oneIn(3)) return [tag(knownTags + this.#random.below(300), 2)];
    return [];
  }
}

function tag(number: number, length: number): Sample {
  return { tag: number, data: new Uint8Array(length).fill(0xa5) };
}

const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA';

const integerRanges: Record<string, readonly [bigint, bigint]> = {
  int8: [-0x80n, 0x7fn],
  int16: [-0x8000n, 0x7fffn],
  uint16: [0n, 0xffffn],
  int32: [-0x80000000n, 0x7fffffffn],
  uint32: [0n, 0xffffffffn],
  int64: [-0x8000000000000000n, 0x7fffffffffffffffn],
};

/** The schema's default, told independently of the generator. */
function defaultValue(message: Message, field: Field): SampleValue {
  if (field.default === 'null') return null;
  if (field.array) return [];
  if (field.struct) return withDefaults(message, {}, field.type);
  switch (field.type) {
    case 'bool':
      return field.default === 'true';
    case 'string':
      return field.default === undefined ? '' : (JSON.parse(field.default) as string);
    case 'uuid':
      return zeroUuid;
    case 'bytes':
      return new Uint8Array(0);
    case 'records':
      return null;
    case 'int64':
      return BigInt(field.default ?? 0);
    default:
      return Number(field.default ?? 0);
  }
}

/** What a decoder should make of the sample: all fields, those that it lacks with their defaults. */
export function withDefaults(message: Message, sample: Sample, struct = message.name): Sample {
  const fields = struct === message.name ? message.fields : message.structs.get(struct)!.fields;
  const whole: Sample = {};
  for (const field of fields) {
    const value = sample[field.name];
    if (value === undefined) whole[field.name] = defaultValue(message, field);
    else if (!field.struct || value === null) whole[field.name] = value;
    else if (Array.isArray(value))
      whole[field.name] = value.map((one) => withDefaults(message, one as Sample, field.type));
    else whole[field.name] = withDefaults(message, value as Sample, field.type);
  }
  if (message.flexible !== null) whole.unknownTaggedFields = sample.unknownTaggedFields ?? [];
  return whole;
}

/** The sample as Kafka's JSON converters take it: bytes in base64, int64 as a plain number, 0.0 for 0. */
export function sampleToJson(message: Message, sample: Sample, struct = message.name): string {
  const fields = struct === message.name ? message.fields : message.structs.get(struct)!.fields;
  const parts: string[] = [];
  for (const field of fields) {
    const value = sample[field.name];
    if (value === undefined) continue;
    const text = Array.isArray(value)
      ? `[${value.map((one) => valueToJson(message, field, one)).join(',')}]`
      : valueToJson(message, field, value);
    parts.push(`"${field.name}":${text}`);
  }
  const tags = (sample.unknownTaggedFields ?? []) as Sample[];
  const tagTexts = tags.map(({ tag: number, data }) => `{"tag":${number},"data":${base64(data as Uint8Array)}}`);
  if (tags.length > 0) parts.push(`"unknownTaggedFields":[${tagTexts.join(',')}]`);
  return `{${parts.join(',')}}`;
}

function valueToJson(message: Message, field: Field, value: SampleValue): string {
  if (value === null) return 'null';
  if (field.struct) return sampleToJson(message, value as Sample, field.type);
  if (value instanceof Uint8Array) return base64(value);
  if (typeof value === 'bigint') return value.toString();
  return field.type === 'float64' && Number.isInteger(value) ? `${value}.0` : JSON.stringify(value);
}

function base64(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('base64'));
}
