/**
 * Feature levels (KIP-584): `metadata.version`, whose levels have names, and the features that stand beside it. Levels
 * and names are those of Apache Kafka 4.3.1.
 */
export interface MetadataVersionRow {
  readonly level: number;
  readonly name: string;
  /** Whether records changed with this level, so that going below it loses something. */
  readonly changesMetadata: boolean;
}

const metadataVersionRows: readonly (readonly [level: number, name: string, changesMetadata: boolean])[] = [
  [7, '3.3-IV3', true],
  [8, '3.4-IV0', true],
  [9, '3.5-IV0', false],
  [10, '3.5-IV1', false],
  [11, '3.5-IV2', true],
  [12, '3.6-IV0', false],
  [13, '3.6-IV1', true],
  [14, '3.6-IV2', true],
  [15, '3.7-IV0', true],
  [16, '3.7-IV1', false],
  [17, '3.7-IV2', true],
  [18, '3.7-IV3', false],
  [19, '3.7-IV4', false],
  [20, '3.8-IV0', false],
  [21, '3.9-IV0', false],
  [22, '4.0-IV0', false],
  [23, '4.0-IV1', true],
  [24, '4.0-IV2', false],
  [25, '4.0-IV3', false],
  [26, '4.1-IV0', false],
  [27, '4.1-IV1', false],
  [28, '4.2-IV0', false],
  [29, '4.2-IV1', false],
  [30, '4.3-IV0', true],
  [31, '4.4-IV0', false],
];

/** Every metadata.version that is known, by rising level; the levels have no gaps. */
export const metadataVersions: readonly MetadataVersionRow[] = metadataVersionRows.map(
  ([level, name, changesMetadata]) => ({ level, name, changesMetadata }),
);

export const metadataVersionFeature = 'metadata.version';
export const minMetadataVersion = 7;
/** 4.3-IV0: what a new cluster gets, and the highest level that is finished. */
export const latestMetadataVersion = 30;

/** `4.3-IV0` for 30; null for a level that is not known. */
export function metadataVersionName(level: number): string | null {
  return metadataVersions[level - minMetadataVersion]?.name ?? null;
}

/** The level of a full name (`3.7-IV4`), or of a release (`3.7`: its last level); null if there is none. */
export function metadataVersionLevel(name: string): number | null {
  const found = metadataVersions.findLast((row) => row.name === name || row.name.startsWith(`${name}-IV`));
  return found?.level ?? null;
}

/** One level of a feature beside metadata.version. */
export interface FeatureLevelRow {
  readonly level: number;
  /** A cluster formatted with this metadata.version or a later one has the level from the start. */
  readonly defaultFrom: number;
  /** Levels of other features without which this one cannot be set. */
  readonly needs: Readonly<Record<string, number>>;
}

export interface FeatureRow {
  readonly name: string;
  readonly minLevel: number;
  readonly maxLevel: number;
  readonly levels: readonly FeatureLevelRow[];
}

function feature(
  name: string,
  ...levels: (readonly [defaultFrom: number, needs?: Record<string, number>])[]
): FeatureRow {
  const rows = levels.map(([defaultFrom, needs = {}], level) => ({ level, defaultFrom, needs }));
  return { name, minLevel: 0, maxLevel: rows.length - 1, levels: rows };
}

/** The features of a production node, in Kafka's order; level 0 means off and is never recorded. */
export const features: readonly FeatureRow[] = [
  feature('kraft.version', [7], [21]),
  feature('transaction.version', [7], [24], [24]),
  feature('group.version', [7], [22]),
  feature('eligible.leader.replicas.version', [7], [26, { [metadataVersionFeature]: 23 }]),
  feature('share.version', [7], [28]),
  feature('streams.version', [7], [29]),
];

export function featureRow(name: string): FeatureRow | undefined {
  return features.find((row) => row.name === name);
}

/** The level that a cluster formatted with `metadataVersion` gets of a feature. */
export function defaultFeatureLevel(row: FeatureRow, metadataVersion: number): number {
  return row.levels.findLast((level) => level.defaultFrom <= metadataVersion)?.level ?? 0;
}
