import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitCode } from './emit-code.ts';
import { emitDeclarations } from './emit-declarations.ts';
import { emitApiRows, emitApiRowsDeclarations, emitLoaders, emitLoadersDeclarations } from './emit-tables.ts';
import { fileNameOf } from './file-name.ts';
import { buildModel } from './model.ts';
import { parseSchema, type Schema } from './schema.ts';

export const schemaDirectory = join(import.meta.dirname, '../../engine/protocol/schemas');
export const outputDirectory = join(import.meta.dirname, '../../engine/protocol/generated');

export function readSchema(): Schema {
  const schema: Schema = { apis: [], messages: [] };
  const files = readdirSync(schemaDirectory, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.schema')).sort()) {
    parseSchema(file, readFileSync(join(schemaDirectory, file), 'utf8'), schema);
  }
  return schema;
}

/** Every generated file, by its name in the output directory. */
export function generate(schema: Schema): Map<string, string> {
  const files = new Map<string, string>();
  for (const message of schema.messages) {
    const model = buildModel(message);
    const name = fileNameOf(message.name);
    if (files.has(`${name}.js`)) throw new Error(`two messages are named ${message.name}`);
    files.set(`${name}.js`, emitCode(model));
    files.set(`${name}.d.ts`, emitDeclarations(model));
  }
  files.set('api-rows.js', emitApiRows(schema));
  files.set('api-rows.d.ts', emitApiRowsDeclarations(schema));
  files.set('loaders.js', emitLoaders(schema));
  files.set('loaders.d.ts', emitLoadersDeclarations(schema));
  return files;
}

/** What differs between the output directory and `files`: one line a file, none if the output is fresh. */
export function differences(files: Map<string, string>): string[] {
  const found: string[] = [];
  const existing = new Set(readdirSync(outputDirectory));
  for (const [name, text] of files) {
    if (!existing.has(name)) found.push(`${name} is missing`);
    else if (readFileSync(join(outputDirectory, name), 'utf8') !== text) found.push(`${name} is out of date`);
    existing.delete(name);
  }
  for (const name of existing) found.push(`${name} belongs to no schema`);
  return found;
}
