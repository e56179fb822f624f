import type { Disk } from '../../base/disk.ts';
import { fileSuffix, offsetFileName } from '../file-names.ts';
import { asPromise } from './batch-reader.ts';
import type { SourceSegment } from './cleaning-request.ts';

export interface GroupLimits {
  readonly segmentBytes: number;
  readonly segmentIndexBytes: number;
}

export interface SizedSegment extends SourceSegment {
  readonly offsetIndexBytes: number;
  readonly timeIndexBytes: number;
}

/** Adds what the indexes of the segments take; one that is not there takes nothing. */
export async function sizeSegments(
  disk: Disk,
  directory: string,
  segments: readonly SourceSegment[],
): Promise<SizedSegment[]> {
  const sized: SizedSegment[] = [];
  for (const segment of segments) {
    const sizeOf = async (suffix: string) => {
      const path = `${directory}/${offsetFileName(segment.baseOffset, suffix)}`;
      return Math.max(0, await asPromise<number>((done) => disk.size(path, done)));
    };
    const offsetIndexBytes = await sizeOf(fileSuffix.offsetIndex);
    sized.push({ ...segment, offsetIndexBytes, timeIndexBytes: await sizeOf(fileSuffix.timeIndex) });
  }
  return sized;
}

/** Segments that become one: neighbours that together, as they are now, are no larger than one may be. */
export function groupSegments(segments: readonly SizedSegment[], limits: GroupLimits): SizedSegment[][] {
  const groups: SizedSegment[][] = [];
  let sizeBytes = 0;
  let offsetIndexBytes = 0;
  let timeIndexBytes = 0;
  for (const segment of segments) {
    const group = groups.at(-1);
    sizeBytes += segment.sizeBytes;
    offsetIndexBytes += segment.offsetIndexBytes;
    timeIndexBytes += segment.timeIndexBytes;
    const fits =
      group !== undefined &&
      sizeBytes <= limits.segmentBytes &&
      offsetIndexBytes <= limits.segmentIndexBytes &&
      timeIndexBytes <= limits.segmentIndexBytes &&
      segment.endOffset - 1 - group[0].baseOffset <= 0x7fff_ffff;
    if (fits) {
      group.push(segment);
      continue;
    }
    groups.push([segment]);
    ({ sizeBytes, offsetIndexBytes, timeIndexBytes } = segment);
  }
  return groups;
}
