/** A node as bin/main.ts runs it, whose shards' disks fail and stall when told to (see faulty-disk-shard.ts). */
import { main } from '../../engine/coordinator/main.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';
import { controlCodec } from '../../workers/control-codec.ts';

await main({
  arguments: process.argv.slice(2),
  metricsEntry: new URL('../../workers/metrics.ts', import.meta.url),
  shardEntry: new URL('./faulty-disk-shard.ts', import.meta.url),
  checksum,
  compression,
  loadCodec: async () => controlCodec(),
  missingNatives: [],
});
