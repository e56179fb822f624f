/** The same calls of Apache's tools to a node of ours and to one of Apache Kafka; what they say is to be the same. */
import assert from 'node:assert/strict';
import { type ApacheKafka, plainNode, startApacheKafka } from './apache-broker.ts';
import { ApacheTools, type ToolOptions } from './apache-tools.ts';
import { type Millrace, plainProperties, startMillrace } from './millrace.ts';

/** What is put in the place of a node's own words before two outputs are compared. */
export type Substitution = readonly [string | RegExp, string];

export interface SideBySideOptions extends ToolOptions {
  /** What differs beyond the usual. */
  readonly also?: readonly Substitution[];
}

export interface SideBySide {
  readonly ours: Millrace;
  readonly theirs: ApacheKafka;
  readonly tools: ApacheTools;
  /**
   * Runs a tool with `--bootstrap-server` in front of `args` on both and asserts that status and output are the same but
   * for ids, ports, times and directories. Answers what our node made it say.
   */
  same(mainClass: string, args: readonly string[], options?: SideBySideOptions): Promise<string>;
  close(): Promise<void>;
}

export async function startSideBySide(): Promise<SideBySide> {
  const tools = new ApacheTools();
  const theirs = await startApacheKafka();
  const ours = await startWithTheirProperties().catch(async (error: unknown) => {
    await theirs.stop();
    throw error;
  });
  const words = (node: Millrace | ApacheKafka, directory: string): Substitution[] => [
    [node.bootstrap, 'BOOTSTRAP'],
    [directory, 'DIRECTORY'],
    [new RegExp(`\\b${node.port}\\b`, 'g'), 'PORT'],
    [new RegExp(`\\b${node.controllerPort}\\b`, 'g'), 'CONTROLLER-PORT'],
    [/(?<![\w-])[\w-]{22}(?![\w-])/g, 'UUID'],
    [/(?<!\d)\d{13}(?!\d)/g, 'TIME'],
  ];
  const ourWords = words(ours, ours.directory);
  const theirWords = words(theirs, theirs.logDirectory);
  return {
    ours,
    theirs,
    tools,
    async same(mainClass, args, options = {}) {
      const say = async (bootstrap: string, substitutions: readonly Substitution[]): Promise<string> => {
        const { code, stdout, stderr } = await tools.run(
          mainClass,
          ['--bootstrap-server', bootstrap, ...args],
          options,
        );
        let text = `${code}\n${stdout}\n${stderr}`;
        for (const [from, to] of [...substitutions, ...(options.also ?? [])]) text = text.replaceAll(from, to);
        return text;
      };
      const our = await say(ours.bootstrap, ourWords);
      assert.equal(our, await say(theirs.bootstrap, theirWords), `${mainClass} ${args.join(' ')}`);
      return our;
    },
    async close() {
      tools.close();
      await Promise.all([ours[Symbol.asyncDispose](), theirs.stop()]);
    },
  };
}

/** With the properties that Apache's is given, for `--describe --all` shows them; each has its own places. */
function startWithTheirProperties(): Promise<Millrace> {
  const places = plainProperties(0, 0, '');
  const properties = Object.entries(plainNode(0, 0, '')).filter(([key]) => !(key in places));
  // A key that Apache Kafka does not have would be described once it is set.
  return startMillrace({ properties: Object.fromEntries(properties), without: ['millrace.metrics.listener'] });
}
