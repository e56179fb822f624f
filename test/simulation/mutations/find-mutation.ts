import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './list.ts';

export interface Found {
  readonly mutation: Mutation;
  /** How many seeds it took; null where none found it. */
  readonly seeds: number | null;
  readonly how: string;
}

const register = fileURLToPath(new URL('register.ts', import.meta.url));
const run = fileURLToPath(new URL('../run.ts', import.meta.url));

/** Runs seeds over the mutated code, in a process of its own, until one fails. Throws where they cannot run at all. */
export async function findMutation(mutation: Mutation): Promise<Found> {
  const kind = mutation.withData === true ? ['--data'] : [];
  const parameters = ['--import', register, run, '--first', ...kind, '--seeds', `1..${mutation.seeds}`];
  const child = spawn(process.execPath, parameters, { env: { ...process.env, MILLRACE_MUTATION: mutation.name } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  const counts = /^(\d+) seeds, (\d+) failed/m.exec(output);
  if (counts === null) throw new Error(`${mutation.name}: ${errors}${output.slice(-2_000)}`);
  const how = /^seed \d+ failed: (.*)$/m.exec(output)?.[1] ?? '';
  return { mutation, seeds: counts[2] === '0' ? null : Number(counts[1]), how };
}
