import { findProgram } from './find-program.ts';
import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';
import { type Skippable, skipForWant } from './skip.ts';

/** Path of kcat (librdkafka's command line), or null where it is not installed. */
export function kcatPath(): string | null {
  return process.env.MILLRACE_KCAT ?? findProgram('kcat') ?? findProgram('kafkacat');
}

/** Skips the test where there is no kcat. Answers whether the test can go on. */
export function requireKcat(t: Skippable): boolean {
  return kcatPath() !== null || skipForWant(t, 'kcat');
}

export function runKcat(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const path = kcatPath();
  if (path === null) throw new Error('kcat is not installed');
  // What it asks of metadata and offsets it gives five seconds otherwise.
  return runCommand(path, ['-m', '120', ...args], options);
}
