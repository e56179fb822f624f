import type { Field, Message, Struct } from './schema.ts';
import { contains, hull, intersect, type VersionRange } from './version-range.ts';

/** A message with what both emitters need to know about it worked out. */
export interface Model {
  readonly message: Message;
  /** The message itself first (named as the message), then its structs in order of use. */
  readonly structs: StructModel[];
  readonly structOf: Map<string, StructModel>;
  /** Whether any version has tagged fields. */
  readonly hasTags: boolean;
}

export interface StructModel {
  readonly name: string;
  readonly fields: Field[];
  /** The versions in which it can occur. */
  readonly context: VersionRange;
  /** Fewest bytes that one takes in any of those versions. */
  readonly minBytes: number;
}

export function buildModel(message: Message): Model {
  const contexts = new Map<string, VersionRange>();
  visit(message, { name: message.name, fields: message.fields }, message.versions, contexts);
  const structOf = new Map<string, StructModel>();
  for (const [name, context] of contexts) {
    const fields = name === message.name ? message.fields : message.structs.get(name)!.fields;
    checkTags(message, name, fields, context);
    structOf.set(name, { name, fields, context, minBytes: minBytesOver(message, fields, context) });
  }
  return {
    message,
    structs: [...structOf.values()],
    structOf,
    hasTags: intersect(message.flexible, message.versions) !== null,
  };
}

function visit(message: Message, struct: Struct, context: VersionRange, contexts: Map<string, VersionRange>): void {
  contexts.set(struct.name, hull(contexts.get(struct.name) ?? null, context)!);
  for (const field of struct.fields) {
    const inside = intersect(field.versions, context);
    if (field.struct && inside !== null) visit(message, message.structs.get(field.type)!, inside, contexts);
  }
}

function checkTags(message: Message, name: string, fields: Field[], context: VersionRange): void {
  const tagged = fields.filter((field) => field.tag !== null).sort((a, b) => a.tag! - b.tag!);
  tagged.forEach((field, index) => {
    if (field.tag !== index) throw new Error(`${message.name}: the tags of ${name} are not 0, 1, 2 …`);
    for (let v = context.lowest; v <= context.highest; v++) {
      if (contains(field.versions, v) && !contains(message.flexible, v)) {
        throw new Error(`${message.name}: ${field.name} is tagged in version ${v}, which is not flexible`);
      }
    }
  });
}

/** Fewest bytes of the struct in any version of `context`; at least 1, or arrays of it could not be bounded. */
function minBytesOver(message: Message, fields: Field[], context: VersionRange): number {
  let least = Number.POSITIVE_INFINITY;
  for (let v = context.lowest; v <= context.highest; v++) least = Math.min(least, structBytes(message, fields, v));
  return least;
}

function structBytes(message: Message, fields: Field[], version: number): number {
  let bytes = contains(message.flexible, version) ? 1 : 0;
  for (const field of fields) {
    if (field.tag === null && contains(field.versions, version)) bytes += fieldBytes(message, field, version);
  }
  return bytes;
}

const fixedBytes: Record<string, number> = {
  bool: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  float64: 8,
  uuid: 16,
};

function fieldBytes(message: Message, field: Field, version: number): number {
  const compact = isCompact(message, field, version);
  if (field.array) return compact ? 1 : 4;
  if (!field.struct) return fixedBytes[field.type] ?? (compact ? 1 : field.type === 'string' ? 2 : 4);
  if (contains(field.nullable, version)) return 1;
  return structBytes(message, message.structs.get(field.type)!.fields, version);
}

function isCompact(message: Message, field: Field, version: number): boolean {
  return contains(field.flexible === undefined ? message.flexible : field.flexible, version);
}

/** Fewest bytes of one element of an array field. */
export function elementBytes(model: Model, field: Field): number {
  const bytes = field.struct ? model.structOf.get(field.type)!.minBytes : (fixedBytes[field.type] ?? 1);
  if (bytes === 0) throw new Error(`${model.message.name}: elements of ${field.name} may take no bytes`);
  return bytes;
}

/** The field's fields that are tagged, in order of their tags. */
export function taggedFields(struct: StructModel): Field[] {
  return struct.fields.filter((field) => field.tag !== null).sort((a, b) => a.tag! - b.tag!);
}

export const zeroUuidText = 'AAAAAAAAAAAAAAAAAAAAAA';

/** The JavaScript of a field's default; `none` names the shared empty values, `fresh` makes a new array or struct. */
export function defaultOf(field: Field): {
  readonly kind: 'null' | 'list' | 'bytes' | 'struct' | 'value';
  readonly js: string;
} {
  if (field.default === 'null') return { kind: 'null', js: 'null' };
  if (field.array) return { kind: 'list', js: 'emptyList' };
  if (field.struct) return { kind: 'struct', js: '{}' };
  switch (field.type) {
    case 'bool':
      return { kind: 'value', js: field.default ?? 'false' };
    case 'int64':
      return { kind: 'value', js: `${field.default ?? '0'}n` };
    case 'string':
      return { kind: 'value', js: field.default === undefined ? "''" : `'${JSON.parse(field.default)}'` };
    case 'uuid':
      return { kind: 'value', js: `'${zeroUuidText}'` };
    case 'bytes':
      return { kind: 'bytes', js: 'emptyBytes' };
    case 'records':
      return { kind: 'null', js: 'null' };
    default:
      return { kind: 'value', js: field.default ?? '0' };
  }
}
