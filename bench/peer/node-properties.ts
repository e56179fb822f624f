/** The same server.properties for us and for the peer. */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../test/support/free-port.ts';

export interface NodeFiles {
  readonly directory: string;
  readonly data: string;
  /** All log directories; `data` is the first. */
  readonly logDirectories: readonly string[];
  readonly file: string;
  readonly port: number;
}

/** In memory where the system has such a place, so that the disk is not what is measured. */
export function logRoot(asked: string | undefined): string {
  return asked ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
}

export async function writeNodeFiles(
  root: string,
  extra: Readonly<Record<string, string>>,
  directories = 1,
): Promise<NodeFiles> {
  const directory = mkdtempSync(join(root, 'millrace-bench-'));
  const [port, controllerPort] = await freePorts(2);
  const data = join(directory, 'data');
  const logDirectories = Array.from({ length: directories }, (_, index) => (index === 0 ? data : `${data}-${index}`));
  const properties: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logDirectories.join(),
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    // Room for the next round is made by deleting the topic of the last one.
    'log.segment.delete.delay.ms': '100',
    'log.initial.task.delay.ms': '100',
    ...extra,
  };
  const file = join(directory, 'server.properties');
  const text = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(file, text.join(''));
  return { directory, data, logDirectories, file, port };
}
