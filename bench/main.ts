/** The load harness: `npm run bench -- --help`. */
import { hostname } from 'node:os';
import { holdMemory } from './ballast.ts';
import { runLatency } from './latency.ts';
import { type Options, readOptions, usage, type WorkloadName } from './options.ts';
import { logRoot } from './peer/node-properties.ts';
import { printTable, type RunResult, record } from './report.ts';
import { runMemory, runStart } from './start.ts';
import { runThroughput } from './throughput.ts';

const options = readOptions(process.argv.slice(2), hostname());
if (options === null) {
  process.stdout.write(usage);
} else {
  const release = await holdMemory(logRoot(options.logRoot), options.ballastGb);
  for (const workload of options.workloads) {
    const result = await run(workload, options);
    printTable(result);
    record(result, options);
  }
  release();
}

function run(workload: WorkloadName, options: Options): Promise<RunResult> {
  switch (workload) {
    case 'start':
      return runStart(options);
    case 'memory':
      return runMemory(options);
    case 'latency':
      return runLatency(options);
    default:
      return runThroughput(workload, options);
  }
}
