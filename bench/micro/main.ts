/** Micro-benchmarks: every *.bench.ts beside this file, or those whose name holds one of the arguments. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from 'tinybench';

interface BenchModule {
  register(bench: Bench): void | Promise<void>;
}

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts'));
for (const file of files.sort()) {
  if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue;
  const bench = new Bench({ name: file, time: 300, warmupTime: 100 });
  const { register } = (await import(join(import.meta.dirname, file))) as BenchModule;
  await register(bench);
  await bench.run();
  console.log(`\n${file.replace('.bench.ts', '')}`);
  console.table(bench.table());
  // A task that throws is fast and says nothing.
  if (bench.tasks.some(({ result }) => 'error' in result)) process.exitCode = 1;
}
