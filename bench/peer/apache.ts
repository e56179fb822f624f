/** Apache Kafka as the peer: its jars from Maven Central, with the flags that its own start script gives the JVM. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apacheKafkaClasspath } from '../../test/support/apache-kafka.ts';
import { launch, type Target } from '../target.ts';
import type { NodeFiles } from './node-properties.ts';

const heap = ['-Xmx1G', '-Xms1G'];
export const flags = [
  '-server',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-XX:MaxInlineLevel=15',
  '-Djava.awt.headless=true',
];

export const quietLog = `status = off
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = [%d] %p %m (%c)%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
`;

export function classpath(): string {
  const path = apacheKafkaClasspath();
  if (path === null)
    throw new Error('the peer needs java, and Maven to fetch Apache Kafka: use --no-peer without them');
  return path;
}

/** Makes the peer's directory ready, as its users do before the first start. */
export function formatApache(files: NodeFiles): void {
  const args = [
    '-cp',
    classpath(),
    'kafka.tools.StorageTool',
    'format',
    '--standalone',
    '-t',
    'bWlsbHJhY2UtYmVuY2gtMQ',
  ];
  const done = spawnSync('java', [...logFlag(files), ...args, '-c', files.file], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`formatting failed: ${done.stdout}${done.stderr}`);
}

export function startApache(files: NodeFiles, env: Readonly<Record<string, string>> = {}): Promise<Target> {
  return launch({
    name: 'peer',
    command: 'java',
    args: [...heap, ...flags, ...logFlag(files), '-cp', classpath(), 'kafka.Kafka', files.file],
    env,
    port: files.port,
    directory: files.directory,
  });
}

function logFlag(files: NodeFiles): string[] {
  const config = join(files.directory, 'log4j2.properties');
  writeFileSync(config, quietLog);
  return [`-Dlog4j2.configurationFile=${config}`];
}
