import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { repositoryRoot } from './source-files.ts';

/**
 * `npm test [-- FILTER …]`: all tests, or the files whose paths contain one of the filters. Ends with the runner's
 * totals. With MILLRACE_REQUIRE_PEERS=1 a test that lacks Java or kcat fails instead of being skipped.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const patterns =
  positionals.length === 0
    ? [`test/**/*.test.ts`]
    : positionals.flatMap((filter) => [`test/**/*${filter}*.test.ts`, `test/**/*${filter}*/**/*.test.ts`]);
const { status } = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=2', '--test-timeout=900000', ...patterns],
  { cwd: repositoryRoot, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
