import type { Imports } from './emit-code.ts';
import { compactFlag, versionCheck } from './emit-decoder.ts';
import { defaultOf, type Model, type StructModel, taggedFields } from './model.ts';
import type { Field } from './schema.ts';
import { condition, intersect, type VersionRange } from './version-range.ts';

const writer = '../writer.ts';

/** `encodeX(w, m, v)` for the message, `writeY(w, m, v)` for each struct, `isDefaultY(m)` for those that need it. */
export function emitEncoders(model: Model, imports: Imports): string {
  const compared = new Set<string>();
  const encoders = model.structs.map((struct) => emitStruct(model, struct, compared, imports));
  const checks: string[] = [];
  // Comparing one struct may need to compare another.
  for (const name of compared) checks.push(emitIsDefault(model, name, compared));
  return [...encoders, ...checks].join('\n');
}

function emitStruct(model: Model, struct: StructModel, compared: Set<string>, imports: Imports): string {
  const { message } = model;
  const top = struct.name === message.name;
  const flexible = condition(message.flexible, struct.context);
  const body: string[] = [];
  for (const field of struct.fields) body.push(...emitField(model, struct, field, compared, imports));
  if (model.hasTags) body.push(...emitTags(struct, flexible, compared, imports));
  const out = [top ? `export function encode${message.name}(w, m, v) {` : `function write${struct.name}(w, m, v) {`];
  if (top) out.push(...versionCheck(model, imports));
  if (flexible !== 'true' && flexible !== 'false' && body.some((line) => /\bf\b/.test(line)))
    out.push(`  const f = ${flexible};`);
  out.push(...body, '}');
  return `${out.join('\n')}\n`;
}

function emitField(model: Model, struct: StructModel, field: Field, compared: Set<string>, imports: Imports): string[] {
  const present = condition(field.versions, struct.context);
  const refuse = (): string => {
    const call = imports.use('../protocol-error.ts', 'refuseField');
    return `if (${isSet(field, compared)}) ${call}('${struct.name}', '${field.name}', v);`;
  };
  if (field.tag !== null || present === 'false') {
    if (field.ignorable || present === 'true') return [];
    return [present === 'false' ? `  ${refuse()}` : `  if (!(${present}) && ${refuse().slice(4)}`];
  }
  const context = intersect(field.versions, struct.context)!;
  const write = writeStatement(field, context, compactFlag(model, struct, field), imports);
  if (present === 'true') return [`  ${write}`];
  // Braces, or an `if` inside would take the `else`.
  if (field.ignorable) return [`  if (${present}) { ${write} }`];
  return [`  if (${present}) { ${write} }`, `  else ${refuse()}`];
}

/** The value to write: what the message has, or the default. */
function givenOrDefault(field: Field, imports: Imports): string {
  const value = defaultOf(field);
  if (value.kind === 'list' || value.kind === 'bytes') imports.use('../types.ts', value.js);
  if (field.nullable !== null && value.kind !== 'null')
    return `m.${field.name} === undefined ? ${value.js} : m.${field.name}`;
  return `m.${field.name} ?? ${value.js}`;
}

/** Whether the message has something else than the default. */
function isSet(field: Field, compared: Set<string>): string {
  const name = `m.${field.name}`;
  const value = defaultOf(field);
  if (value.kind === 'null') return `(${name} ?? null) !== null`;
  if (value.kind === 'value') return `(${name} !== undefined && ${name} !== ${value.js})`;
  const orNull = field.nullable === null ? '' : `${name} === null || `;
  if (value.kind === 'struct') {
    compared.add(field.type);
    return `(${orNull}!isDefault${field.type}(${name}))`;
  }
  return `(${orNull}(${name} !== undefined && ${name}.length !== 0))`;
}

function writeStatement(field: Field, context: VersionRange, compact: string, imports: Imports): string {
  const nullable = condition(field.nullable, context);
  const plain = (): string => writeOne(field, false, compact, imports);
  const orNull = (): string => writeOne(field, true, compact, imports);
  if (nullable === 'true') return orNull();
  return nullable === 'false' ? plain() : `if (${nullable}) ${orNull()} else ${plain()}`;
}

const elementWriters: Record<string, string> = {
  int8: 'writeInt8',
  int16: 'writeInt16',
  int32: 'writeInt32',
  int64: 'writeInt64',
  uuid: 'writeUuid',
};

function writeOne(field: Field, nullable: boolean, compact: string, imports: Imports): string {
  const value = givenOrDefault(field, imports);
  if (field.array) {
    const element = elementWriter(field, compact, imports);
    return `w.${nullable ? 'nullableList' : 'list'}(${value}, ${element}, v, ${compact});`;
  }
  if (field.struct) {
    const name = `m.${field.name}`;
    if (!nullable) return `write${field.type}(w, ${value}, v);`;
    const there = defaultOf(field).kind === 'null' ? name : `${name} === undefined ? {} : ${name}`;
    return `if (w.${field.tag === null ? 'present' : 'taggedPresent'}(${there})) write${field.type}(w, ${name} ?? {}, v);`;
  }
  const method = field.type === 'string' || field.type === 'bytes' || field.type === 'records';
  if (!method) return `w.${field.type}(${value});`;
  const call = nullable ? `nullable${field.type[0]!.toUpperCase()}${field.type.slice(1)}` : field.type;
  return `w.${call}(${value}, ${compact});`;
}

function elementWriter(field: Field, compact: string, imports: Imports): string {
  if (field.struct) return `write${field.type}`;
  if (field.type === 'string') {
    const use = (name: string): string => imports.use(writer, name);
    if (compact === 'true') return use('writeCompactString');
    return compact === 'false' ? use('writeString') : `f ? ${use('writeCompactString')} : ${use('writeString')}`;
  }
  const name = elementWriters[field.type];
  if (name === undefined) throw new Error(`no arrays of ${field.type}`);
  return imports.use(writer, name);
}

function emitTags(struct: StructModel, flexible: string, compared: Set<string>, imports: Imports): string[] {
  const refuse = (): string => {
    const call = imports.use('../protocol-error.ts', 'refuseField');
    return `if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) ${call}('${struct.name}', 'unknownTaggedFields', v);`;
  };
  if (flexible === 'false') return [`  ${refuse()}`];
  const tagged = taggedFields(struct).filter((field) => intersect(field.versions, struct.context) !== null);
  const inside =
    tagged.length === 0 ? ['w.unknownTags(m.unknownTaggedFields);'] : knownTags(struct, tagged, compared, imports);
  if (flexible === 'true') return inside.map((line) => `  ${line}`);
  return ['  if (f) {', ...inside.map((line) => `    ${line}`), `  } else ${refuse()}`];
}

function knownTags(struct: StructModel, tagged: Field[], compared: Set<string>, imports: Imports): string[] {
  const out: string[] = [];
  for (const field of tagged) {
    const present = condition(field.versions, struct.context);
    const set = isSet(field, compared);
    out.push(`const t${field.tag} = ${present === 'true' ? set : `${present} && ${set}`};`);
  }
  const counts = tagged.map((field) => `(t${field.tag} ? 1 : 0)`).join(' + ');
  out.push(
    'const u = m.unknownTaggedFields;',
    `w.uvarint(${counts} + (u === undefined ? 0 : u.length));`,
    'let i = 0;',
  );
  let previous = -1;
  for (const field of tagged) {
    const context = intersect(field.versions, struct.context)!;
    const write = writeStatement(field, context, 'true', imports);
    out.push(`i = w.unknownTagsBelow(u, i, ${previous}, ${field.tag});`);
    out.push(`if (t${field.tag}) { const at = w.beginTag(${field.tag}); ${write} w.endTag(at); }`);
    previous = field.tag!;
  }
  out.push(`w.unknownTagsBelow(u, i, ${previous}, Infinity);`);
  return out;
}

function emitIsDefault(model: Model, name: string, compared: Set<string>): string {
  const fields = model.message.structs.get(name)!.fields;
  const conditions = fields.map(
    (field) => `!${isSet(field, compared).replace(/^(\(m\.\w+ \?\? null\)) !== null$/, '($1 !== null)')}`,
  );
  if (model.hasTags) conditions.push('!(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0)');
  return `function isDefault${name}(m) {\n  return m === undefined || (${conditions.join(' && ')});\n}\n`;
}
