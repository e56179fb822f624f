import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runTool } from '../support/apache-kafka.ts';

const source = join(import.meta.dirname, 'java/MessageCodecs.java');

/** Hands all lines to java/MessageCodecs.java in one process; its answers come in the same order. */
export async function askApache(lines: readonly string[]): Promise<string[]> {
  const input = lines.map((line) => `${line}\n`).join('');
  const { code, stdout, stderr } = await runTool(source, [], { input });
  assert.equal(code, 0, stderr);
  const answers = stdout.split('\n').slice(0, -1);
  assert.equal(answers.length, lines.length);
  return answers;
}
