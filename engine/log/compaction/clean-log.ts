import type { Checksum, Compression } from '../../base/codec.ts';
import { type Disk, DiskError } from '../../base/disk.ts';
import { fileSuffix, offsetFileName } from '../file-names.ts';
import { BatchFilter } from './batch-filter.ts';
import { asPromise, type ReadContext, readBatches } from './batch-reader.ts';
import { buildOffsetMap } from './build-map.ts';
import { CleanedWriter } from './cleaned-writer.ts';
import { CleaningFault } from './cleaning-fault.ts';
import type {
  CleanedSegment,
  CleaningReport,
  CleaningRequest,
  ReplaceVerdict,
  SourceSegment,
} from './cleaning-request.ts';
import { groupSegments, sizeSegments } from './group-segments.ts';
import type { Throttle } from './throttle.ts';
import { TransactionTracker } from './transaction-tracker.ts';

/** The world around a cleaning. */
export interface CleaningHost {
  readonly disk: Disk;
  readonly checksum: Checksum;
  readonly compression: Compression;
  readonly throttle: Throttle;
  isStopped(): boolean;
  /** Asks the log's owner to put a cleaned segment in its place. */
  replace(cleaned: CleanedSegment): Promise<ReplaceVerdict>;
}

/**
 * Cleans a log: the keys of its dirty section are mapped, then all its segments up to there are written anew, in groups
 * that become one segment, without what is superseded. It opens files by their names, and changes none but its own
 * `.cleaned` ones. It never throws: what went wrong is in the report.
 */
export async function cleanLog(request: CleaningRequest, host: CleaningHost): Promise<CleaningReport> {
  const cleaning = new Cleaning(request, host);
  try {
    return cleaning.report('cleaned', '', await cleaning.run());
  } catch (error) {
    if (error instanceof CleaningFault) return cleaning.report(error.reason, error.message);
    // Its segments, or its directory, have other names by now.
    if (error instanceof DiskError && error.code === 'ENOENT') return cleaning.report('stopped', error.message);
    return cleaning.report('failed', error instanceof Error ? error.message : String(error));
  }
}

class Cleaning {
  readonly #request: CleaningRequest;
  readonly #host: CleaningHost;
  readonly #context: ReadContext;
  #bytesRead = 0;
  #bytesWritten = 0;
  #writer: CleanedWriter | null = null;

  constructor(request: CleaningRequest, host: CleaningHost) {
    this.#request = request;
    this.#host = host;
    const { disk, checksum } = host;
    const pace = (bytes: number) => {
      this.#bytesRead += bytes;
      return this.#pace(bytes);
    };
    this.#context = { disk, checksum, pace, readBytes: request.readBytes };
  }

  report(status: CleaningReport['status'], detail: string, cleanedOffset = -1): CleaningReport {
    return { status, detail, cleanedOffset, bytesRead: this.#bytesRead, bytesWritten: this.#bytesWritten };
  }

  /** Answers the offset below which all is clean. */
  async run(): Promise<number> {
    const request = this.#request;
    const { disk, checksum, compression } = this.#host;
    const map = await buildOffsetMap(request, this.#context, compression);
    const endOffset = map.latestOffset + 1;
    const sized = await sizeSegments(
      disk,
      request.directory,
      request.segments.filter(({ baseOffset }) => baseOffset < endOffset),
    );
    const transactions = new TransactionTracker(request.aborted, (aborted) => this.#writer?.noteAbort(aborted));
    const { lastRecords, nowMs, deleteRetentionMs } = request;
    const options = { map, transactions, lastRecords, nowMs, deleteRetentionMs, checksum, compression };
    const filter = new BatchFilter(options);
    for (const group of groupSegments(sized, request)) await this.#cleanGroup(group, filter);
    return Math.max(endOffset, request.firstDirtyOffset);
  }

  async #cleanGroup(group: readonly SourceSegment[], filter: BatchFilter): Promise<void> {
    const { directory, indexIntervalBytes } = this.#request;
    const [{ baseOffset }] = group;
    const writer = new CleanedWriter(this.#host.disk, directory, baseOffset, indexIntervalBytes);
    let isClosed = false;
    this.#writer = writer;
    try {
      await writer.begin();
      const last = group.findLast(({ sizeBytes }) => sizeBytes > 0);
      for (const source of group) await this.#cleanInto(writer, source, source === last, filter);
      const written = await writer.finish();
      isClosed = true;
      const sources = group.map((source) => source.baseOffset);
      const verdict = await this.#host.replace({ baseOffset, sources, ...written });
      if (verdict === 'stop') throw new CleaningFault('stopped', 'its log is not to be cleaned now');
      if (verdict === 'gone') await writer.discard(isClosed);
    } catch (error) {
      await this.#discard(writer, isClosed);
      throw error;
    } finally {
      this.#writer = null;
    }
  }

  async #cleanInto(writer: CleanedWriter, source: SourceSegment, isLast: boolean, filter: BatchFilter): Promise<void> {
    const { disk } = this.#host;
    const file = disk.file(`${this.#request.directory}/${offsetFileName(source.baseOffset, fileSuffix.log)}`);
    const take = async (made: Promise<Uint8Array> | Uint8Array): Promise<boolean> => {
      const batch = await made;
      await writer.append(batch);
      this.#bytesWritten += batch.length;
      await this.#pace(batch.length);
      return true;
    };
    try {
      await readBatches(this.#context, file, source.sizeBytes, source.baseOffset, (bytes, at, endBytes) => {
        const made = filter.filter(bytes, at, isLast && endBytes === source.sizeBytes);
        return made === null ? true : take(made);
      });
    } finally {
      await asPromise<void>((done) => disk.close(file, done));
    }
  }

  /** What can't be removed now is removed when the log is opened next: the first failure is the one to be told. */
  async #discard(writer: CleanedWriter, isClosed: boolean): Promise<void> {
    try {
      await writer.discard(isClosed);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
    }
  }

  #pace(bytes: number): Promise<void> | undefined {
    if (this.#host.isStopped()) throw new CleaningFault('stopped', 'it was told to stop');
    const wait = this.#host.throttle.used(bytes);
    return wait === null ? undefined : this.#rest(wait);
  }

  async #rest(first: Promise<void>): Promise<void> {
    for (let wait: Promise<void> | null = first; wait !== null; wait = this.#host.throttle.used(0)) {
      await wait;
      if (this.#host.isStopped()) throw new CleaningFault('stopped', 'it was told to stop');
    }
  }
}
