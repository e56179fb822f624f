import { CommandError, UsageError } from './command-error.ts';

/** Runs a command to its end: its answer is the exit status, and 1 where it throws CommandError. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error instanceof UsageError) process.stderr.write(`${error.usage}\n`);
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
