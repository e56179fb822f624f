import { brandOf } from './brands.ts';
import { banner } from './emit-code.ts';
import type { Model } from './model.ts';
import type { Field } from './schema.ts';
import { formatVersions } from './version-range.ts';

const types: Record<string, string> = {
  bool: 'boolean',
  int8: 'number',
  int16: 'number',
  uint16: 'number',
  int32: 'number',
  uint32: 'number',
  int64: 'bigint',
  float64: 'number',
  string: 'string',
  uuid: 'Uuid',
  bytes: 'Uint8Array',
  records: 'Uint8Array',
};

/** The declarations of one message's module. */
export function emitDeclarations(model: Model): string {
  const { message } = model;
  const brands = new Set<string>();
  const names = [message.name, ...message.structs.keys()];
  const interfaces = names.map((name) => {
    const fields = name === message.name ? message.fields : message.structs.get(name)!.fields;
    return emitInterface(name, fields, model.hasTags, brands);
  });
  const shared = model.hasTags ? 'Init, UnknownTaggedField' : 'Init';
  for (const name of names) {
    if (brands.has(name) || ['Init', 'Reader', 'Writer', 'UnknownTaggedField'].includes(name)) {
      throw new Error(`${message.name}: the struct name ${name} is taken`);
    }
  }
  const { name, key, versions } = message;
  const out = [banner.trimEnd()];
  if (brands.size > 0) out.push(`import type { ${[...brands].sort().join(', ')} } from '../../base/brands.ts';`);
  out.push("import type { Reader } from '../reader.ts';");
  out.push(`import type { ${shared} } from '../types.ts';`);
  out.push("import type { Writer } from '../writer.ts';", '');
  if (key !== null) out.push(`export declare const apiKey: ${key};`);
  out.push(`export declare const lowestVersion: ${versions.lowest};`);
  out.push(`export declare const highestVersion: ${versions.highest};`, '', ...interfaces);
  out.push(`export declare function decode${name}(reader: Reader, version: number): ${name};`);
  out.push(`export declare function encode${name}(writer: Writer, message: Init<${name}>, version: number): void;`);
  out.push(`export { decode${name} as decode, encode${name} as encode };`, '');
  return out.join('\n');
}

function emitInterface(name: string, fields: Field[], hasTags: boolean, brands: Set<string>): string {
  const out = [`export interface ${name} {`];
  for (const field of fields) {
    out.push(`  /** ${describe(field)} */`, `  ${field.name}: ${typeOf(field, brands)};`);
  }
  if (hasTags) out.push('  unknownTaggedFields: readonly UnknownTaggedField[];');
  out.push('}\n');
  return out.join('\n');
}

function describe(field: Field): string {
  const parts = [`${field.array ? '[]' : ''}${field.type}`, `versions ${formatVersions(field.versions)}`];
  if (field.nullable !== null) parts.push(`nullable ${formatVersions(field.nullable)}`);
  if (field.tag !== null) parts.push(`tag ${field.tag}`);
  if (field.default !== undefined) parts.push(`default ${field.default}`);
  return parts.join(', ');
}

function typeOf(field: Field, brands: Set<string>): string {
  const brand = brandOf(field);
  if (brand !== undefined) brands.add(brand);
  const one = brand ?? (field.struct ? field.type : types[field.type]!);
  if (one === 'Uuid') brands.add('Uuid');
  const type = field.array ? `${one}[]` : one;
  return field.nullable === null && field.type !== 'records' ? type : `${type} | null`;
}
