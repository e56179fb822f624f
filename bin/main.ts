/** The broker's process, as `bin/millrace.js` starts it: from this source, or from what is bundled of it in dist/. */

import { main } from '../engine/coordinator/main.ts';
import { checksum } from '../native-bindings/checksum.ts';
import { compression } from '../native-bindings/compression.ts';
import { missingNatives } from '../native-bindings/load-native.ts';
import { besides } from '../workers/besides.ts';

await main({
  arguments: process.argv.slice(2),
  shardEntry: besides('../workers/shard.ts', import.meta.url),
  metricsEntry: besides('../workers/metrics.ts', import.meta.url),
  checksum,
  compression,
  missingNatives: missingNatives(),
  loadCodec: async () => (await import('../workers/control-codec.ts')).controlCodec(),
});
