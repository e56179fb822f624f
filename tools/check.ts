import { spawnSync } from 'node:child_process';
import { repositoryRoot } from './source-files.ts';

/** Everything but the tests: types (whole tree, and the pure folders apart), lint, dead code, generated files. */
const steps: readonly (readonly [string, readonly string[]])[] = [
  ['tsc', ['-p', 'tsconfig.json']],
  ['tsc', ['-p', 'tsconfig.pure.json']],
  ['biome', ['ci', '--error-on-warnings']],
  ['knip', ['--no-progress']],
  ['node', ['tools/generate/main.ts', '--check']],
  ['node', ['tools/generate/configuration.ts', '--check']],
  ['node', ['tools/generate/metrics.ts', '--check']],
  ['node', ['--test', 'test/unit/tools/*.test.ts']],
];

let failed = false;
for (const [command, parameters] of steps) {
  const started = performance.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...parameters], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${command} ${parameters.join(' ')} (${seconds} s)\n`);
  if (status !== 0) failed = true;
}
process.exitCode = failed ? 1 : 0;
