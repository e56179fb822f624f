import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { differences, generate, outputDirectory, readSchema } from './output.ts';

// Writes engine/protocol/generated from engine/protocol/schemas; with --check only tells whether that is needed.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const files = generate(readSchema());
mkdirSync(outputDirectory, { recursive: true });
if (values.check) {
  const found = differences(files);
  for (const line of found) console.error(`engine/protocol/generated/${line}`);
  if (found.length > 0) {
    console.error('run `npm run generate`');
    process.exitCode = 1;
  }
} else {
  for (const name of readdirSync(outputDirectory)) if (!files.has(name)) rmSync(join(outputDirectory, name));
  for (const [name, text] of files) writeFileSync(join(outputDirectory, name), text);
  console.log(`${files.size} files written`);
}
