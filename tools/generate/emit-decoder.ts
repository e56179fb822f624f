import type { Imports } from './emit-code.ts';
import { defaultOf, elementBytes, type Model, type StructModel, taggedFields } from './model.ts';
import type { Field } from './schema.ts';
import { condition, contains, intersect, type VersionRange } from './version-range.ts';

const reader = '../reader.ts';

/** `decodeX(r, v)` for the message and `readY(r, v)` for each of its structs. */
export function emitDecoders(model: Model, imports: Imports): string {
  return model.structs.map((struct) => emitStruct(model, struct, imports)).join('\n');
}

function emitStruct(model: Model, struct: StructModel, imports: Imports): string {
  const { message } = model;
  const top = struct.name === message.name;
  const out: string[] = [top ? `export function decode${message.name}(r, v) {` : `function read${struct.name}(r, v) {`];
  if (top) out.push(...versionCheck(model, imports));
  const flexible = condition(message.flexible, struct.context);
  const tagged = taggedFields(struct);
  const body: string[] = [];
  for (const field of struct.fields) {
    const value = field.tag === null ? fieldValue(model, struct, field, imports) : initial(model, field, imports);
    body.push(`    ${field.name}: ${value},`);
  }
  if (model.hasTags) {
    const none = imports.use('../types.ts', 'noTaggedFields');
    const read =
      flexible === 'false' || tagged.length > 0
        ? none
        : flexible === 'true'
          ? 'r.unknownTags()'
          : `f ? r.unknownTags() : ${none}`;
    body.push(`    unknownTaggedFields: ${read},`);
  }
  const tags = tagged.length > 0 && flexible !== 'false' ? tagLoop(model, struct, tagged, flexible, imports) : [];
  const lines = [...body, ...tags];
  if (flexible !== 'true' && flexible !== 'false' && lines.some((line) => /\bf\b/.test(line)))
    out.push(`  const f = ${flexible};`);
  out.push(tags.length > 0 ? '  const m = {' : '  return {', ...body, '  };', ...tags);
  if (tags.length > 0) out.push('  return m;');
  out.push('}');
  return `${out.join('\n')}\n`;
}

export function versionCheck(model: Model, imports: Imports): string[] {
  const { name, versions } = model.message;
  const refuse = imports.use('../protocol-error.ts', 'refuseVersion');
  return [`  if (!(v >= ${versions.lowest} && v <= ${versions.highest})) ${refuse}('${name}', v);`];
}

/** What stands for "compact" in a call: `f`, or a constant where it is the same in all versions. */
export function compactFlag(model: Model, struct: StructModel, field: Field): string {
  const range = field.flexible === undefined ? model.message.flexible : field.flexible;
  const flag = condition(range, struct.context);
  return flag === 'true' || flag === 'false' ? flag : 'f';
}

function fieldValue(model: Model, struct: StructModel, field: Field, imports: Imports): string {
  const present = condition(field.versions, struct.context);
  if (present === 'false') return initial(model, field, imports);
  const context = intersect(field.versions, struct.context)!;
  const read = readExpression(model, field, context, compactFlag(model, struct, field), imports);
  return present === 'true' ? read : `${present} ? ${read} : ${initial(model, field, imports)}`;
}

function initial(model: Model, field: Field, imports: Imports): string {
  const value = defaultOf(field);
  if (value.kind === 'list') return '[]';
  if (value.kind === 'bytes') return imports.use('../types.ts', 'emptyBytes');
  return value.kind === 'struct' ? initialStruct(model, field.type, imports) : value.js;
}

function initialStruct(model: Model, name: string, imports: Imports): string {
  // A struct that occurs in no version at all is not in the model; its fields are still part of the type.
  const fields = model.structOf.get(name)?.fields ?? model.message.structs.get(name)!.fields;
  const parts = fields.map((field) => `${field.name}: ${initial(model, field, imports)}`);
  if (model.hasTags) parts.push(`unknownTaggedFields: ${imports.use('../types.ts', 'noTaggedFields')}`);
  return `{ ${parts.join(', ')} }`;
}

/** Reads a field that is present, in the versions `context`. */
function readExpression(model: Model, field: Field, context: VersionRange, compact: string, imports: Imports): string {
  const nullable = condition(field.nullable, context);
  const plain = (): string => readOne(model, field, false, compact, imports);
  const orNull = (): string => readOne(model, field, true, compact, imports);
  if (nullable === 'true') return orNull();
  return nullable === 'false' ? plain() : `(${nullable} ? ${orNull()} : ${plain()})`;
}

const elementReaders: Record<string, string> = {
  int8: 'readInt8',
  int16: 'readInt16',
  int32: 'readInt32',
  int64: 'readInt64',
  uuid: 'readUuid',
};

function readOne(model: Model, field: Field, nullable: boolean, compact: string, imports: Imports): string {
  if (field.array) {
    const element = elementReader(field, compact, imports);
    return `r.${nullable ? 'nullableList' : 'list'}(${element}, v, ${compact}, ${elementBytes(model, field)})`;
  }
  if (field.struct)
    return nullable
      ? `(r.${field.tag === null ? 'present' : 'taggedPresent'}() ? read${field.type}(r, v) : null)`
      : `read${field.type}(r, v)`;
  switch (field.type) {
    case 'string':
      return `r.${nullable ? 'nullableString' : 'string'}(${compact})`;
    case 'bytes':
    case 'records':
      return `r.${nullable ? 'nullableBytes' : 'bytes'}(${compact})`;
    default:
      return `r.${field.type}()`;
  }
}

function elementReader(field: Field, compact: string, imports: Imports): string {
  if (field.struct) return `read${field.type}`;
  if (field.type === 'string') {
    const use = (name: string): string => imports.use(reader, name);
    if (compact === 'true') return use('readCompactString');
    return compact === 'false' ? use('readString') : `f ? ${use('readCompactString')} : ${use('readString')}`;
  }
  const name = elementReaders[field.type];
  if (name === undefined) throw new Error(`no arrays of ${field.type}`);
  return imports.use(reader, name);
}

function tagLoop(model: Model, struct: StructModel, tagged: Field[], flexible: string, imports: Imports): string[] {
  const guard = flexible === 'true' ? '  ' : '  if (f) ';
  const out = [
    `${guard}for (let n = r.tagCount(); n > 0; n--) {`,
    '    const tag = r.uvarint();',
    '    const end = r.tagEnd();',
  ];
  let word = 'if';
  for (const field of tagged) {
    const context = intersect(field.versions, struct.context);
    if (context === null) continue;
    const present = condition(field.versions, flexibleContext(model, struct));
    out.push(`    ${word} (tag === ${field.tag}) {`);
    if (present !== 'true') {
      out.push(
        `      if (!(${present})) ${imports.use('../protocol-error.ts', 'refuseTag')}('${struct.name}', tag, v);`,
      );
    }
    out.push(`      m.${field.name} = ${readExpression(model, field, context, 'true', imports)};`, '    }');
    word = 'else if';
  }
  out.push(`    ${word === 'if' ? '' : 'else '}m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);`);
  out.push('    r.closeTag(end);', '  }');
  return out;
}

function flexibleContext(model: Model, struct: StructModel): VersionRange {
  const context = intersect(model.message.flexible, struct.context)!;
  return contains(context, struct.context.lowest) ? struct.context : context;
}
