/** Runs a program to its end. */
import { spawn } from 'node:child_process';
import { endWithUs } from '../children.ts';

/** One of the harness's programs: its answer is the JSON that it prints. */
export async function runProgram(command: string, args: readonly string[]): Promise<unknown> {
  return JSON.parse(await outputOf(command, args));
}

/** Standard output of a program that ends with status 0. */
export function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    endWithUs(child);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${command} ended with status ${code}: ${out}${err}`));
    });
  });
}
