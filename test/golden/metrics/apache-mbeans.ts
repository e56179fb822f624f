/** Asks a node of Apache Kafka for the names of its MBeans. Run it to renew the golden file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApacheKafka } from '../../support/apache-broker.ts';
import { runTool } from '../../support/apache-kafka.ts';
import { freePorts } from '../../support/free-port.ts';
import { StorageClient } from '../../support/storage-client.ts';

const here = import.meta.dirname;
export const mbeansFile = join(here, 'apache-mbeans.txt');

/** Of each a line `domain type name keys attribute`; `-` where there is none. */
export async function askForMBeans(): Promise<string> {
  const [jmxPort] = await freePorts(1);
  const jmx = '-Dcom.sun.management.jmxremote';
  const jvmFlags = [
    jmx,
    `${jmx}.port=${jmxPort}`,
    `${jmx}.rmi.port=${jmxPort}`,
    `${jmx}.host=127.0.0.1`,
    `${jmx}.authenticate=false`,
    `${jmx}.ssl=false`,
    '-Djava.rmi.server.hostname=127.0.0.1',
  ];
  const node = await startApacheKafka({ jvmFlags });
  const cleanUps: (() => void)[] = [];
  try {
    // Some are made by traffic only.
    const client = await StorageClient.connect(node.port, { after: (run) => void cleanUps.push(run) });
    await client.createTopic('t', 1);
    // The topic is there a moment after it was made.
    while ((await client.produce('t', 0)).errorCode !== 0) await sleep(20);
    await client.fetchError('t', 0, 0);
    const { code, stdout, stderr } = await runTool(join(here, 'MBeanOracle.java'), [String(jmxPort)]);
    if (code !== 0) throw new Error(`the oracle failed: ${stderr.slice(-4000)}`);
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('kafka.'))
      .map((line) => `${line}\n`)
      .join('');
  } finally {
    for (const cleanUp of cleanUps) cleanUp();
    await node.stop();
  }
}

/** The metrics that the rules of the JMX exporter's example for KRaft make of the golden file, with all their labels. */
export function exportedMetrics(): Map<string, Set<string>> {
  const metrics = new Map<string, Set<string>>();
  for (const line of readFileSync(mbeansFile, 'utf8').trim().split('\n')) {
    const [domain, type, name, keys, attribute] = line.split(' ') as [string, string, string, string, string];
    const exported = exportedName(`${domain}_${type}`, name, attribute);
    if (exported === undefined) continue;
    const plain = exported.toLowerCase().replace(/[^a-z0-9_]/g, '_');
    const labels = metrics.get(plain) ?? new Set();
    if (keys !== '-') for (const key of keys.split(',')) labels.add(key);
    metrics.set(plain, labels);
  }
  return metrics;
}

function exportedName(start: string, name: string, attribute: string): string | undefined {
  // Of Kafka's newer kind the attributes are the metrics.
  if (name === '-') return attribute === 'current-state' ? `${start}_current_state_info` : `${start}_${attribute}`;
  if (name.endsWith('PerSec')) return attribute === 'Count' ? `${start}_${name.slice(0, -6)}_total` : undefined;
  if (name.endsWith('Percent')) return `${start}_${name.slice(0, -7)}_percent`;
  if (attribute === 'Value') return `${start}_${name}`;
  return attribute === '99thPercentile' ? `${start}_${name}` : undefined;
}

if (import.meta.main) writeFileSync(mbeansFile, await askForMBeans());
