import type { Bench } from 'tinybench';
import { defaultLogConfig } from '../../engine/log/config.ts';
import { OffsetIndex } from '../../engine/log/offset-index.ts';
import { assignOffsets } from '../../engine/log/validation/assign-offsets.ts';
import { validateBatch } from '../../engine/log/validation/validate-batch.ts';
import { ValidationResult } from '../../engine/log/validation/validation-types.ts';
import { setBatchBaseOffset } from '../../engine/protocol/records/batch-view.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { logFixture, openTestLog, testBatch } from '../../test/support/log-fixture.ts';
import { SimulatedDisk } from '../../test/support/simulated-disk.ts';
import { validationConfig } from '../../test/support/validation-config.ts';

/** A disk that takes everything and keeps nothing: what is left is the log's own work. */
class ForgetfulDisk extends SimulatedDisk {
  override write(...[, , buffers, done]: Parameters<SimulatedDisk['write']>): void {
    let bytes = 0;
    for (const buffer of buffers) bytes += buffer.length;
    done(null, bytes);
  }
}

/** The way of one batch from its check to the log, and the look-up of an offset in an index of a full segment. */
export async function register(bench: Bench): Promise<void> {
  const fixture = logFixture();
  const result = new ValidationResult();
  const config = validationConfig();
  for (const [name, count] of [
    ['one record', 1],
    ['600 records, 64 KB', 600],
  ] as const) {
    const log = await openTestLog(new ForgetfulDisk(), fixture, {
      config: { segmentBytes: defaultLogConfig.segmentBytes },
    });
    const batch = testBatch({ count, valueBytes: 100, timestampMs: fixture.clock.wallMs() });
    bench.add(`validate, assign offsets, stage and submit: ${name}`, () => {
      setBatchBaseOffset(batch, 0, 0);
      const status = validateBatch(batch, 0, batch.length, config, checksum, fixture.clock.wallMs(), result);
      if (status !== 'ok') throw new Error(`the batch is ${status}: ${result.reason}`);
      assignOffsets(batch, 0, log.nextOffset, 0, result, config, checksum);
      log.stage(batch, 0, batch.length);
      log.submit(() => {});
    });
  }
  const index = new OffsetIndex(0);
  for (let entry = 0; entry < 250_000; entry++) index.append(entry * 40, entry * 4096);
  let offset = 0;
  bench.add('look an offset up among 250,000 index entries', () => {
    offset = (offset + 7_919_993) % 10_000_000;
    index.positionFor(offset);
  });
}
