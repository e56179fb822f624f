/** Which features a new cluster begins with, and what may be asked about features without a cluster. */
import type { FeatureLevel } from '#engine/node/quorum/bootstrap-checkpoint.ts';
import {
  defaultFeatureLevel,
  type FeatureRow,
  featureRow,
  features,
  latestMetadataVersion,
  metadataVersionFeature,
  metadataVersionLevel,
  metadataVersionName,
  metadataVersions,
  minMetadataVersion,
} from '#engine/protocol/features.ts';
import { CommandError } from '../command-error.ts';

const kraftVersionFeature = 'kraft.version';

/** `name=level` as it was given. Throws CommandError. */
export function parseFeatureLevel(text: string): FeatureLevel {
  const at = text.indexOf('=');
  const refused = (why: string) => new CommandError(`Can't parse feature=level string ${text}: ${why}`);
  if (at < 0) throw refused('equals sign not found.');
  const levelText = text.slice(at + 1).trim();
  const level = Number(levelText);
  if (!/^[+-]?\d+$/.test(levelText) || level < -32768 || level > 32767) {
    throw refused(`unable to parse ${levelText} as a short.`);
  }
  return { name: text.slice(0, at).trim(), level };
}

/** The metadata.version of a release (`4.0`) or of a level's name (`4.0-IV1`). Throws CommandError. */
function releaseMetadataVersion(name: string, highest: number): number {
  const level = metadataVersionLevel(name);
  const isShort = !name.includes('-IV');
  // A release that is not finished has no name of its own, only its levels have.
  if (level !== null && level <= (isShort ? latestMetadataVersion : highest)) return level;
  const names = metadataVersions.filter((row) => row.level <= highest).map((row) => row.name);
  throw new CommandError(`Unknown metadata.version '${name}'. Supported metadata.version are: ${names.join(', ')}`);
}

export interface FeatureFlags {
  /** `--release-version`. */
  readonly release: string | undefined;
  /** `--feature`, in the order given; of two for one feature the last counts. */
  readonly features: readonly FeatureLevel[];
  /** Whether the voters are kept in the metadata log. */
  readonly isDynamic: boolean;
}

export interface FirstLevels {
  readonly metadataVersion: number;
  readonly kraftVersion: number;
  /** What the log begins with: metadata.version, then the others by name; kraft.version is not among them. */
  readonly recorded: readonly FeatureLevel[];
}

/** The levels of a new cluster. Throws CommandError. */
export function firstLevels(flags: FeatureFlags): FirstLevels {
  const asked = new Map(flags.features.map(({ name, level }) => [name, level]));
  for (const name of asked.keys()) {
    if (name === metadataVersionFeature || featureRow(name) !== undefined) continue;
    const known = features.map((row) => row.name).sort();
    throw new CommandError(`Unsupported feature: ${name}. Supported features are: ${known.join(', ')}`);
  }
  const metadataVersion = firstMetadataVersion(flags, asked.get(metadataVersionFeature));
  const levels = new Map<string, number>();
  for (const row of features) {
    const level = asked.get(row.name);
    levels.set(row.name, level ?? defaultFeatureLevel(row, metadataVersion));
  }
  levels.set(kraftVersionFeature, kraftVersion(asked.get(kraftVersionFeature), flags.isDynamic));
  for (const row of features) checkLevel(row, levels, metadataVersion);
  const recorded = [...levels]
    .filter(([name, level]) => name !== kraftVersionFeature && level > 0)
    .map(([name, level]) => ({ name, level }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    metadataVersion,
    kraftVersion: levels.get(kraftVersionFeature)!,
    recorded: [{ name: metadataVersionFeature, level: metadataVersion }, ...recorded],
  };
}

function firstMetadataVersion({ release }: FeatureFlags, asked: number | undefined): number {
  if (release !== undefined && asked !== undefined) {
    throw new CommandError('Use --release-version instead of --feature metadata.version=X to avoid ambiguity.');
  }
  if (release !== undefined) return releaseMetadataVersion(release, latestMetadataVersion);
  if (asked === undefined) return latestMetadataVersion;
  const name = metadataVersionName(asked);
  if (name === null) {
    const range = `${minMetadataVersion} to ${metadataVersions.at(-1)!.level}`;
    throw new CommandError(`No MetadataVersion with feature level ${asked}. Valid feature levels are from ${range}.`);
  }
  if (asked > latestMetadataVersion) throw new CommandError(`metadata.version ${name} is not yet stable.`);
  return asked;
}

function kraftVersion(asked: number | undefined, isDynamic: boolean): number {
  const flags = '--standalone, --initial-controllers, or --no-initial-controllers';
  if (asked === 0 && isDynamic) {
    throw new CommandError(
      `Cannot set kraft.version to 0 if controller.quorum.voters is empty and one of the flags ${flags} is used. ` +
        'For dynamic controllers support, try removing the --feature flag for kraft.version.',
    );
  }
  if (asked !== undefined && asked > 0 && !isDynamic) {
    throw new CommandError(
      `Cannot set kraft.version to ${asked} unless controller.quorum.voters is empty and one of the flags ${flags} ` +
        `is used. For dynamic controllers support, try using one of ${flags} and removing controller.quorum.voters.`,
    );
  }
  return asked ?? (isDynamic ? 1 : 0);
}

function checkLevel(row: FeatureRow, levels: ReadonlyMap<string, number>, metadataVersion: number): void {
  const level = levels.get(row.name)!;
  const found = row.levels.find((each) => each.level === level);
  if (found === undefined) throw new CommandError(`No feature:${row.name} with feature level ${level}`);
  for (const [name, needed] of Object.entries(found.needs)) {
    const has = name === metadataVersionFeature ? metadataVersion : (levels.get(name) ?? 0);
    if (has < needed) {
      throw new CommandError(`${row.name} could not be set to ${level} because it depends on ${name} level ${needed}`);
    }
  }
}

/** `version-mapping`: what a new cluster of a release would have. Throws CommandError. */
export function versionMapping(release: string | undefined): string[] {
  const highest = metadataVersions.at(-1)!.level;
  const level = release === undefined ? latestMetadataVersion : releaseMetadataVersion(release, highest);
  const rows = features.map((row) => `${row.name}=${defaultFeatureLevel(row, level)}`);
  return [`${metadataVersionFeature}=${level} (${metadataVersionName(level)})`, ...rows];
}

/** `feature-dependencies` of one level. Throws CommandError. */
export function featureDependencies({ name, level }: FeatureLevel): string[] {
  if (name === metadataVersionFeature) {
    const version = metadataVersionName(level);
    if (version === null) throw new CommandError(`Unknown metadata.version ${level}`);
    return [`${name}=${level} (${version}) has no dependencies.`];
  }
  const row = featureRow(name);
  if (row === undefined) throw new CommandError(`Unknown feature: ${name}`);
  const found = row.levels.find((each) => each.level === level);
  if (found === undefined) throw new CommandError(`Feature level ${level} is not supported for feature ${name}`);
  const needs = Object.entries(found.needs);
  if (needs.length === 0) return [`${name}=${level} has no dependencies.`];
  const shown = needs.map(([needed, at]) => {
    const version = needed === metadataVersionFeature ? ` (${metadataVersionName(at)})` : '';
    return `    ${needed}=${at}${version}`;
  });
  return [`${name}=${level} requires:`, ...shown];
}
