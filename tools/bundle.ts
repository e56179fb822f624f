/**
 * Bundles what runs into dist/, which `bin/millrace.js` starts from while it is fresh: a start loads a dozen files of
 * JavaScript then, and not four hundred whose types are to be stripped. Run by `npm ci` and `npm run build`; a folder
 * given as argument is made in place of dist/.
 */
import { globSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sourceStamp } from '../bin/source-stamp.js';
import { repositoryRoot } from './source-files.ts';

/** Modules that a thread begins with: they keep their places, so that they find each other (workers/besides.ts). */
const entries = [
  'bin/main.ts',
  'workers/shard.ts',
  'workers/metrics.ts',
  ...globSync('workers/jobs/*.ts', { cwd: repositoryRoot }),
];

/** Packages that find files of their own beside them: threads' entries, and what was compiled. */
const natives = ['snappy', 'lz4-napi', '@mongodb-js/zstd', '@node-rs/crc32'];

/** Packages that are bundled ask for Node's modules in this way. */
const requireOfPackages = `import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);`;

const dist = resolve(repositoryRoot, process.argv[2] ?? 'dist');

/** The bundler is a tool of development; without it the sources run as they are. */
async function loadBundler(): Promise<typeof import('esbuild') | null> {
  try {
    return await import('esbuild');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stdout.write('dist/ is not made (esbuild is not installed): starts take longer\n');
    return null;
  }
}

const bundler = await loadBundler();
if (bundler !== null) {
  const stamp = sourceStamp(repositoryRoot);
  const partial = `${dist}.${process.pid}`;
  await bundler.build({
    absWorkingDir: repositoryRoot,
    entryPoints: entries,
    outdir: partial,
    outbase: '.',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: [...natives, 'piscina'],
    banner: { js: requireOfPackages },
    sourcemap: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  writeFileSync(join(partial, 'stamp'), stamp);
  rmSync(dist, { recursive: true, force: true });
  renameSync(partial, dist);
}
