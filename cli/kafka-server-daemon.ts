/** `bin/kafka-server-start.sh -daemon`: a node that goes on when the terminal is closed. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseOverride } from '#engine/metadata/config/properties.ts';
import { readBrokerConfig } from './broker-config-file.ts';
import { CommandError, UsageError } from './command-error.ts';
import { runCommand } from './run-command.ts';

const root = resolve(import.meta.dirname, '..');
const usage = 'USAGE: kafka-server-start.sh [-daemon] server.properties [--override property=value]*';
/** What cannot start says so in this time, mostly. */
const watchMs = 1000;

await runCommand(async () => {
  const [file, ...rest] = process.argv.slice(2);
  if (file === undefined || file.startsWith('-')) throw new UsageError(usage, 'a properties file comes first');
  const { nodeId } = readBrokerConfig(file, overridesOf(rest));
  const logDirectory = resolve(process.env.LOG_DIR || join(root, 'logs'));
  mkdirSync(logDirectory, { recursive: true });
  const log = join(logDirectory, 'kafkaServer.out');
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [join(root, 'bin/millrace.js'), resolve(file), ...rest], {
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => done(code ?? 1));
  });
  const watched = new Promise<null>((done) => setTimeout(() => done(null), watchMs));
  const code = await Promise.race([ended, watched]);
  if (code !== null) {
    const last = readFileSync(log, 'utf8').trimEnd().split('\n').at(-1);
    throw new CommandError(`${last}\nThe node ended with status ${code}; see ${log}`);
  }
  writeFileSync(join(logDirectory, `kafkaServer-${nodeId}.pid`), `${child.pid}\n`);
  child.unref();
  return 0;
});

function overridesOf(words: readonly string[]): [string, string][] {
  const overrides: [string, string][] = [];
  for (let index = 0; index < words.length; index += 2) {
    const pair = words[index + 1];
    if (words[index] !== '--override' || pair === undefined) throw new UsageError(usage, `unexpected ${words[index]}`);
    overrides.push(parseOverride(pair));
  }
  return overrides;
}
