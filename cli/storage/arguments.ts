/** The command line of `kafka-storage.sh`. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '../command-error.ts';

const commandNames = ['info', 'format', 'version-mapping', 'feature-dependencies', 'random-uuid'] as const;
export type CommandName = (typeof commandNames)[number];

export interface StorageArguments {
  readonly command: CommandName;
  readonly config: string;
  readonly clusterId: string;
  readonly scram: readonly string[];
  readonly ignoreFormatted: boolean;
  readonly release: string | undefined;
  readonly features: readonly string[];
  readonly standalone: boolean;
  readonly noInitialControllers: boolean;
  readonly initialControllers: string | undefined;
}

interface Flag {
  readonly name: string;
  readonly short: string;
  readonly value?: string;
  readonly required?: true;
  readonly multiple?: true;
  readonly help: string;
}

const config: Flag = {
  name: 'config',
  short: 'c',
  value: 'CONFIG',
  required: true,
  help: 'The properties file of the node.',
};
const release: Flag = {
  name: 'release-version',
  short: 'r',
  value: 'RELEASE_VERSION',
  help: 'A release (4.3) or one of its levels (4.3-IV0); the lowest is 3.3-IV3, the default 4.3-IV0.',
};

const flagsOf: Readonly<Record<CommandName, readonly Flag[]>> = {
  info: [config],
  format: [
    config,
    { name: 'cluster-id', short: 't', value: 'CLUSTER_ID', required: true, help: 'The id of the cluster.' },
    {
      name: 'add-scram',
      short: 'S',
      value: 'ADD_SCRAM',
      multiple: true,
      help: 'Refused: SCRAM is not supported in this release.',
    },
    { name: 'ignore-formatted', short: 'g', help: 'Pass over directories that are formatted already.' },
    release,
    {
      name: 'feature',
      short: 'f',
      value: 'FEATURE',
      multiple: true,
      help: 'A feature and its level, as feature=level; may be given several times.',
    },
    { name: 'standalone', short: 's', help: 'The quorum begins with this node as its only voter.' },
    {
      name: 'no-initial-controllers',
      short: 'N',
      help: 'The node is formatted without saying who the voters are; it joins a cluster that has them.',
    },
    {
      name: 'initial-controllers',
      short: 'I',
      value: 'INITIAL_CONTROLLERS',
      help: 'The voters that the quorum begins with, as id@host:port:directory with commas between; the same on all nodes.',
    },
  ],
  'version-mapping': [release],
  'feature-dependencies': [
    {
      name: 'feature',
      short: 'f',
      value: 'FEATURE',
      required: true,
      multiple: true,
      help: 'A feature and its level, as feature=level; may be given several times.',
    },
  ],
  'random-uuid': [],
};

const summaries: Readonly<Record<CommandName, string>> = {
  info: 'What the log directories of a node hold.',
  format: 'Format the log directories of a node.',
  'version-mapping': 'The feature levels that a new cluster of a release has.',
  'feature-dependencies': 'What a level of a feature depends on.',
  'random-uuid': 'Print a random uuid.',
};

/** At most one of these may be given. */
const exclusive = ['standalone', 'no-initial-controllers', 'initial-controllers'];

const mainUsage = `usage: kafka-storage [-h] {${commandNames.join(',')}} ...`;

/** What was asked for, or the help that was asked for as text. Throws UsageError. */
export function parseStorageArguments(parameters: readonly string[]): StorageArguments | string {
  const [first, ...rest] = parameters;
  if (first === '-h' || first === '--help') return mainHelp();
  if (first === undefined) throw new UsageError(mainUsage, 'kafka-storage: error: too few arguments');
  const command = commandNames.find((name) => name === first);
  if (command === undefined) {
    const choices = commandNames.map((name) => `'${name}'`).join(', ');
    throw new UsageError(mainUsage, `kafka-storage: error: invalid choice: '${first}' (choose from ${choices})`);
  }
  return parseCommand(command, rest);
}

function parseCommand(command: CommandName, parameters: readonly string[]): StorageArguments | string {
  const flags = flagsOf[command];
  const refuse = (why: string) => new UsageError(commandUsage(command), `kafka-storage: error: ${why}`);
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const { name, short, value, multiple } of flags) {
    options[name] = { type: value === undefined ? 'boolean' : 'string', short, multiple: multiple ?? false };
  }
  let values: ReturnType<typeof parseArgs>['values'];
  try {
    ({ values } = parseArgs({ args: [...parameters], options, strict: true }));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (values.help === true) return commandHelp(command);
  const both = exclusive.filter((name) => values[name] !== undefined);
  if (both.length > 1) throw refuse(`argument --${both[1]}: not allowed with argument --${both[0]}`);
  const missing = flags.find((flag) => flag.required === true && values[flag.name] === undefined);
  if (missing !== undefined) throw refuse(`argument --${missing.name}/-${missing.short} is required`);
  const text = (name: string) => values[name] as string | undefined;
  const list = (name: string) => (values[name] ?? []) as string[];
  return {
    command,
    config: text('config') ?? '',
    clusterId: text('cluster-id') ?? '',
    scram: list('add-scram'),
    ignoreFormatted: values['ignore-formatted'] === true,
    release: text('release-version'),
    features: list('feature'),
    standalone: values.standalone === true,
    noInitialControllers: values['no-initial-controllers'] === true,
    initialControllers: text('initial-controllers'),
  };
}

function commandUsage(command: CommandName): string {
  const words = flagsOf[command].map(({ name, value, required }) => {
    const shown = value === undefined ? `--${name}` : `--${name} ${value}`;
    return required === true ? shown : `[${shown}]`;
  });
  return ['usage: kafka-storage', command, '[-h]', ...words].join(' ');
}

function mainHelp(): string {
  const lines = commandNames.map((name) => `  ${name.padEnd(22)}${summaries[name]}`);
  return [mainUsage, '', 'Prepares the log directories of a node.', '', ...lines].join('\n');
}

function commandHelp(command: CommandName): string {
  const lines = flagsOf[command].flatMap(({ name, short, value = '', help }) => [
    `  --${name} ${value}`.trimEnd().concat(`, -${short}`),
    `      ${help}`,
  ]);
  return [commandUsage(command), '', summaries[command], ...(lines.length > 0 ? ['', ...lines] : [])].join('\n');
}
