#!/usr/bin/env node
import { enableCompileCache, getCompileCacheDir } from 'node:module';

// Before anything else is loaded: compiled code is kept between starts, by the threads that are still to come too.
enableCompileCache();
const cacheDirectory = getCompileCacheDir();
if (cacheDirectory !== undefined) process.env.NODE_COMPILE_CACHE ??= cacheDirectory;
const [{ main }, { checksum }, { compression }, { missingNatives }] = await Promise.all([
  import('../engine/coordinator/main.ts'),
  import('../native-bindings/checksum.ts'),
  import('../native-bindings/compression.ts'),
  import('../native-bindings/load-native.ts'),
]);
await main({
  arguments: process.argv.slice(2),
  shardEntry: new URL('../workers/shard.ts', import.meta.url),
  metricsEntry: new URL('../workers/metrics.ts', import.meta.url),
  checksum,
  compression,
  missingNatives: missingNatives(),
  loadCodec: async () => (await import('../workers/control-codec.ts')).controlCodec(),
});
