import { join } from 'node:path';
import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';

const bin = join(import.meta.dirname, '../../bin');

/** Runs one of the scripts in bin/ to its end. */
export function runScript(name: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runCommand(join(bin, name), args, options);
}
