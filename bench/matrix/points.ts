/** The load matrix: its axes, and the points that are measured. */
import { compressionCodec } from '../../engine/base/codec.ts';
import type { BatchShape } from '../load/batches.ts';
import type { Load } from '../load-rounds.ts';

/** Each axis with its values, from less to more. `flush` is the topic's flush.messages. */
export const axes = {
  batch: ['1', '10', '16k', '64k', '1m'],
  codec: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  acks: ['0', '1', 'all'],
  flush: ['none', '1'],
  partitions: ['1', '6', '100', '1000'],
  connections: ['1', '2', '4', '20', '100', '500'],
  keyed: ['no', 'yes'],
} as const;

export type Axis = keyof typeof axes;
export const axisNames = Object.keys(axes) as Axis[];

export type Kind = 'produce' | 'fetch';
export type Point = Readonly<Record<Axis, string>> & { readonly kind: Kind };

const base = { batch: '64k', codec: 'none', acks: 'all', flush: 'none', partitions: '6', keyed: 'no' };

/** What a point has where nothing else is said. */
export const basePoints: Readonly<Record<Kind, Point>> = {
  produce: { kind: 'produce', ...base, connections: '4' },
  fetch: { kind: 'fetch', ...base, connections: '2' },
};

const batchShapes: Readonly<Record<string, BatchShape>> = {
  '1': { recordBytes: 100, records: 1 },
  '10': { recordBytes: 100, records: 10 },
  '16k': { recordBytes: 100, batchBytes: 16_384 },
  '64k': { recordBytes: 100, batchBytes: 65_536 },
  '1m': { recordBytes: 1000, batchBytes: 1_000_000 },
};

/** The name of a point's line of results: its batches, and where else it is not the base. */
export function pointName(point: Point): string {
  const parts = axisNames.filter((axis) => axis === 'batch' || point[axis] !== basePoints[point.kind][axis]);
  return [point.kind, ...parts.map((axis) => `${axis}=${point[axis]}`)].join(' ');
}

/** The opposite of `pointName`; numbers may be others than those of the matrix. Throws on words that it does not know. */
export function parsePoint(text: string): Point {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const kind = words[0] === 'fetch' || words[0] === 'produce' ? (words.shift() as Kind) : 'produce';
  const point: Record<string, string> = { ...basePoints[kind] };
  for (const word of words) {
    const [name, value = ''] = word.split('=', 2);
    const axis = axisNames.find((one) => one === name);
    if (axis === undefined) throw new Error(`there is no axis ${name}: ${axisNames.join(', ')}`);
    if (!isValue(axis, value)) throw new Error(`${axis} is one of ${axes[axis].join(', ')}, not ${value}`);
    point[axis] = value;
  }
  return point as Point;
}

function isValue(axis: Axis, value: string): boolean {
  if (axis === 'partitions' || axis === 'connections') return /^[1-9]\d{0,3}$/.test(value);
  return (axes[axis] as readonly string[]).includes(value);
}

export function loadOf(point: Point): Load {
  const isFetch = point.kind === 'fetch';
  const codec = compressionCodec[point.codec as keyof typeof compressionCodec];
  return {
    isFetch,
    batch: { ...batchShapes[point.batch], codec, isKeyed: point.keyed === 'yes' },
    connections: Number(point.connections),
    inFlight: isFetch ? 1 : 5,
    partitions: Number(point.partitions),
    acks: point.acks === 'all' ? -1 : Number(point.acks),
    topicConfigs: point.flush === 'none' ? {} : { 'flush.messages': point.flush },
    rate: 0,
  };
}

/** The points of the short suite: each axis once, around the batches of 64 KB and of one record that are workloads of their own. */
export function shortPoints(): Point[] {
  const names = [
    'batch=64k codec=gzip',
    'batch=64k codec=snappy',
    'batch=64k codec=lz4',
    'batch=64k codec=zstd',
    'batch=64k acks=1',
    'batch=64k flush=1',
    'batch=64k partitions=100',
    'batch=64k connections=100',
    'batch=16k',
    'batch=1 connections=100',
  ];
  return names.map(parsePoint);
}

/** Every value of every axis around every size of batch, and of fetches those axes that they have. */
export function allPoints(): Point[] {
  return [
    ...axes.batch.flatMap((batch) => sweeps({ ...basePoints.produce, batch }, axisNames)),
    // Topics are filled by single batches: small ones take too long.
    ...['16k', '64k', '1m'].flatMap((batch) =>
      sweeps({ ...basePoints.fetch, batch }, ['partitions', 'connections']).filter(
        ({ partitions, connections }) => Number(partitions) <= 100 && Number(connections) <= 20,
      ),
    ),
  ].filter(isAffordable);
}

/** A point, and those that differ from it along one axis. */
function sweeps(centre: Point, along: readonly Axis[]): Point[] {
  const others = along
    .filter((axis) => axis !== 'batch')
    .flatMap((axis) =>
      axes[axis].filter((value) => value !== centre[axis]).map((value) => ({ ...centre, [axis]: value })),
    );
  return [centre, ...others];
}

/** A gigabyte of frames in the client, or of requests begun in the broker, measures the machine's memory. */
const mostBytes = 128 * 1024 * 1024;

function isAffordable(point: Point): boolean {
  const bytes = batchShapes[point.batch].batchBytes ?? 0;
  return Math.max(Number(point.partitions), Number(point.connections)) * bytes <= mostBytes;
}
