/** `bin/kafka-storage.sh`, with the commands, flags, words and exit statuses of Apache Kafka's. */
import { SystemRandom } from '#engine/io/random.ts';
import { randomUuid } from '#engine/protocol/uuid.ts';
import { readBrokerConfig } from './broker-config-file.ts';
import { runCommand } from './run-command.ts';
import { parseStorageArguments, type StorageArguments } from './storage/arguments.ts';
import { featureDependencies, parseFeatureLevel, versionMapping } from './storage/feature-levels.ts';
import { format } from './storage/format.ts';
import { planFormat } from './storage/format-plan.ts';
import { storageInfo } from './storage/info.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function run(args: StorageArguments): Promise<number> {
  switch (args.command) {
    case 'random-uuid':
      say(randomUuid(new SystemRandom()));
      return 0;
    case 'version-mapping':
      versionMapping(args.release).forEach(say);
      return 0;
    case 'feature-dependencies':
      for (const feature of args.features) featureDependencies(parseFeatureLevel(feature)).forEach(say);
      return 0;
    case 'info': {
      const { lines, hasProblems } = await storageInfo(readBrokerConfig(args.config));
      lines.forEach(say);
      return hasProblems ? 1 : 0;
    }
    case 'format': {
      const config = readBrokerConfig(args.config);
      await format(config, planFormat(config, args), args.ignoreFormatted, say);
      return 0;
    }
  }
}

await runCommand(async () => {
  const args = parseStorageArguments(process.argv.slice(2));
  if (typeof args !== 'string') return run(args);
  say(args);
  return 0;
});
