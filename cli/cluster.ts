/** `npm run cluster`: formats and starts a cluster on this machine, and stops it on Ctrl-C. */
import { join, resolve } from 'node:path';
import { clusterUsage, readClusterOptions } from './cluster/options.ts';
import { prepareCluster } from './cluster/prepare.ts';
import { LocalCluster } from './cluster/run.ts';
import { runCommand } from './run-command.ts';

const root = resolve(import.meta.dirname, '..');
const stopTimeoutMs = 60_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

await runCommand(async () => {
  const options = readClusterOptions(process.argv.slice(2), join(root, 'data/cluster'));
  if (options === null) {
    say(clusterUsage);
    return 0;
  }
  const prepared = await prepareCluster(options);
  const { nodes, clusterId, isOld } = prepared;
  say(`${isOld ? 'going on with' : 'formatted'} cluster ${clusterId} of ${nodes.length} nodes in ${options.directory}`);
  for (const { nodeId, isBroker, isController, port, controllerPort } of nodes) {
    const places = [
      ...(isBroker ? [`broker 127.0.0.1:${port}`] : []),
      ...(isController ? [`controller 127.0.0.1:${controllerPort}`] : []),
    ];
    say(`node ${nodeId}: ${places.join(', ')}`);
  }
  const cluster = new LocalCluster(prepared, {
    command: ({ file }) => [process.execPath, join(root, 'bin/millrace.js'), file],
    serves: (line) => line.includes('"serving on '),
    say,
    stopTimeoutMs,
  });
  process.on('SIGINT', () => void cluster.stop());
  process.on('SIGTERM', () => void cluster.stop());
  process.on('exit', () => cluster.kill());
  cluster.start();
  return cluster.ended;
});
