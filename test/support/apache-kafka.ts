/**
 * Apache Kafka as a yardstick for tests: its jars and its tools. A broker of it is started by ./apache-broker.ts.
 *
 * The jars come from MILLRACE_KAFKA_LIBS, else from a cache in the checkout that Maven fills once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findProgram } from './find-program.ts';
import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';
import { type Skippable, skipForWant } from './skip.ts';
import { makeTempDir } from './temp-dir.ts';

export const apacheKafkaVersion = '4.3.1';

const root = resolve(import.meta.dirname, '../..');
const cacheDirectory = join(root, '.cache', `apache-kafka-${apacheKafkaVersion}`);
const installTimeoutMs = 600_000;

let classpath: string | null | undefined;

/** A Java class path (`<directory>/*`) with Apache Kafka's jars, installed if need be; null without Java or Maven. */
export function apacheKafkaClasspath(): string | null {
  if (classpath === undefined) {
    const libs = findProgram('java') === null ? null : libsDirectory();
    classpath = libs === null ? null : join(libs, '*');
  }
  return classpath;
}

/** Skips the test where Apache Kafka cannot be run. Answers whether the test can go on. */
export function requireApacheKafka(t: Skippable): boolean {
  return apacheKafkaClasspath() !== null || skipForWant(t, 'Java or Maven');
}

function libsDirectory(): string | null {
  const named = process.env.MILLRACE_KAFKA_LIBS;
  if (named !== undefined && named !== '') {
    if (!holdsJars(named)) throw new Error(`MILLRACE_KAFKA_LIBS names ${named}, which holds no kafka-clients jar`);
    return named;
  }
  const libs = join(cacheDirectory, 'libs');
  if (holdsJars(libs)) return libs;
  const mvn = findProgram('mvn');
  if (mvn === null) return null;
  withInstallLock(() => {
    if (!holdsJars(libs)) install(mvn, libs);
  });
  return libs;
}

function holdsJars(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).some((name) => name.startsWith('kafka-clients-'));
}

/** Test files run as processes side by side: one installs, the others wait for it. */
function withInstallLock(run: () => void): void {
  mkdirSync(cacheDirectory, { recursive: true });
  const lock = join(cacheDirectory, 'install.lock');
  const giveUpAtMs = Date.now() + installTimeoutMs;
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  while (!tryLock(lock)) {
    if (Date.now() > giveUpAtMs) throw new Error(`another process holds ${lock}; remove it if there is none`);
    Atomics.wait(sleeper, 0, 0, 200);
  }
  try {
    run();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const made = statSync(lock, { throwIfNoEntry: false });
    // Left behind by a process that was killed.
    if (made !== undefined && Date.now() - made.mtimeMs > installTimeoutMs)
      rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function install(mvn: string, libs: string): void {
  const build = makeTempDir('millrace-maven-');
  writeFileSync(join(build, 'pom.xml'), pom());
  const partial = `${libs}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const args = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  const done = spawnSync(mvn, args, { cwd: build, encoding: 'utf8', timeout: installTimeoutMs });
  if (done.status !== 0) {
    throw new Error(`Maven could not install Apache Kafka ${apacheKafkaVersion}: ${done.stdout}${done.stderr}`);
  }
  mkdirSync(dirname(libs), { recursive: true });
  renameSync(partial, libs);
}

function pom(): string {
  const log4j = (artifact: string) => dependency('org.apache.logging.log4j', artifact, '2.24.3');
  const kafka = (artifact: string) => dependency('org.apache.kafka', artifact, apacheKafkaVersion, true);
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>millrace</groupId><artifactId>apache-kafka</artifactId><version>1</version>
<dependencies>
${['kafka_2.13', 'kafka-tools', 'kafka-shell'].map(kafka).join('\n')}
${['log4j-core', 'log4j-api', 'log4j-slf4j-impl'].map(log4j).join('\n')}
</dependencies></project>
`;
}

function dependency(group: string, artifact: string, version: string, withoutSlf4j2 = false): string {
  const exclusion = withoutSlf4j2
    ? '<exclusions><exclusion><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j2-impl</artifactId></exclusion></exclusions>'
    : '';
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>${exclusion}</dependency>`;
}

let quietLog: string | undefined;

/** Java's flags for a short run: small heap, the quick compiler, warnings only and on standard error. */
export function javaFlags(heapMb = 256): string[] {
  if (quietLog === undefined) {
    quietLog = join(makeTempDir('millrace-log4j-'), 'log4j2.properties');
    writeFileSync(quietLog, quietLogProperties);
  }
  return [
    `-Xmx${heapMb}m`,
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Xshare:auto',
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${quietLog}`,
  ];
}

const quietLogProperties = `status = off
appender.err.type = Console
appender.err.name = err
appender.err.target = SYSTEM_ERR
appender.err.layout.type = PatternLayout
appender.err.layout.pattern = [%d] %p %m (%c)%n
rootLogger.level = warn
rootLogger.appenderRef.err.ref = err
`;

/**
 * Runs one of Apache's tools by its main class, or a Java source file of ours (a path that ends in `.java`) with
 * Apache's classes at hand. Call it only after `requireApacheKafka`.
 */
export function runTool(
  mainClassOrSource: string,
  args: readonly string[],
  options: CommandOptions & { readonly heapMb?: number } = {},
): Promise<CommandResult> {
  const path = apacheKafkaClasspath();
  if (path === null) throw new Error('Apache Kafka is not at hand');
  return runCommand('java', [...javaFlags(options.heapMb), '-cp', path, mainClassOrSource, ...args], options);
}
