/** `bin/kafka-server-stop.sh`: SIGTERM (or the signal in SIGNAL) to nodes of this installation. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPropertiesFile } from './broker-config-file.ts';
import { CommandError, UsageError } from './command-error.ts';
import { runCommand } from './run-command.ts';
import { listProcesses, nodesAmong, selectNodes, type Wanted } from './server/running-nodes.ts';

const launcher = realpathSync(join(import.meta.dirname, '../bin/millrace.js'));
const usage = 'usage: kafka-server-stop.sh [--node-id ID] [--process-role broker|controller]';

await runCommand(async () => {
  const wanted = readArguments(process.argv.slice(2));
  const found = selectNodes(nodesAmong(listProcesses(), launcher, readIfThere), wanted);
  if (found.length === 0) throw new CommandError('No kafka server to stop');
  const signal = `SIG${process.env.SIGNAL || 'TERM'}` as NodeJS.Signals;
  for (const { pid } of found) process.kill(pid, signal);
  return 0;
});

function readArguments(args: readonly string[]): Wanted {
  try {
    const options = { 'node-id': { type: 'string' }, 'process-role': { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const role = values['process-role'];
    if (role !== undefined && role !== 'broker' && role !== 'controller') throw new Error(`no such role: ${role}`);
    return { nodeId: values['node-id'], role };
  } catch (error) {
    throw new UsageError(usage, (error as Error).message);
  }
}

/** A node outlives its file, and then can be told only by what its command line says. */
function readIfThere(path: string): Map<string, string> {
  try {
    return readPropertiesFile(path);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return new Map();
  }
}
