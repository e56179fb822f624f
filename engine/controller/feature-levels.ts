import { resourceType, type SupportedRange } from '../metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../metadata/metadata-record.ts';
import { hasControllerRegistration, metadataVersionFeature } from '../metadata/record-versions.ts';
import { features, metadataVersions } from '../protocol/features.ts';
import type { DecisionContext } from './decision.ts';
import { configRecord, featureLevelRecord } from './records.ts';

/** Upgrade types of UpdateFeatures (KIP-778). */
export const upgradeType = { unknown: 0, upgrade: 1, safeDowngrade: 2, unsafeDowngrade: 3 } as const;

export const elrFeature = 'eligible.leader.replicas.version';
export const kraftFeature = 'kraft.version';

/** The records that give a feature a level, or why it cannot have it. `proposed`: what the same request sets. */
export function updateFeature(
  context: DecisionContext,
  name: string,
  level: number,
  type: number,
  proposed: ReadonlyMap<string, number>,
): readonly MetadataRecord[] | string {
  const invalid = (why: string) => `Invalid update version ${level} for feature ${name}. ${why}`;
  if (type < upgradeType.upgrade || type > upgradeType.unsafeDowngrade) {
    return invalid('The controller does not support the given upgrade type.');
  }
  if (level < 0) return invalid('A feature version cannot be less than 0.');
  const unsupported = reasonNotSupported(context, name, level);
  if (unsupported !== null) return invalid(unsupported);
  // The level of kraft.version is the quorum's own: it stands in control records, not among the features.
  const current = name === kraftFeature ? (context.kraftVersion ?? level) : context.image.featureLevel(name);
  if (level < current && type === upgradeType.upgrade) {
    const how = 'without setting the upgrade type to either safe or unsafe downgrade.';
    return invalid(`Can't downgrade the version of this feature ${how}`);
  }
  if (level > current && type !== upgradeType.upgrade) return invalid("Can't downgrade to a newer version.");
  if (name === metadataVersionFeature) return updateMetadataVersion(current, level, type);
  if (name === kraftFeature) return updateKraftVersion(context, current, level, type, invalid);
  const missing = missingDependency(context, name, level, proposed);
  if (missing !== null) return invalid(missing);
  const turnsElrOn = name === elrFeature && level > 0 && current === 0;
  return [...(turnsElrOn ? elrSafetyRecords(context) : []), featureLevelRecord(name, level)];
}

/** A record is written for its being committed: with it, what the quorum writes of the level is too. */
function updateKraftVersion(
  context: DecisionContext,
  current: number,
  level: number,
  type: number,
  invalid: (why: string) => string,
): readonly MetadataRecord[] | string {
  if (type !== upgradeType.upgrade) {
    return level === current ? [] : invalid("Can't downgrade the version of this feature.");
  }
  if (context.kraftUpgradeRefusal?.(level) === 'not-supported-by-all') {
    return `Invalid upgrade of kraft.version to KRAFT_VERSION_${level} because not all of the voters support it`;
  }
  return [{ apiKey: recordKey.noOp, version: 0, message: {} }];
}

function updateMetadataVersion(current: number, level: number, type: number): readonly MetadataRecord[] | string {
  if (level < current) {
    const refuse = (why: string) => `Unsupported metadata.version downgrade from ${current} to ${level}. ${why}`;
    const lossy = metadataVersions.some((row) => row.level > level && row.level <= current && row.changesMetadata);
    if (lossy && type === upgradeType.unsafeDowngrade) {
      return refuse('Unsafe metadata downgrade is not supported in this version.');
    }
    if (lossy) {
      return refuse('Refusing to perform the requested downgrade because it might delete metadata information.');
    }
  }
  return [featureLevelRecord(metadataVersionFeature, level)];
}

/** This controller, every broker and every other controller have to know the level. */
function reasonNotSupported(context: DecisionContext, name: string, level: number): string | null {
  const local = context.settings.supportedFeatures.find((range) => range.name === name);
  const who = `Local controller ${context.settings.nodeId}`;
  if (local === undefined) return `${who} does not support this feature.`;
  if (level < local.minSupportedVersion || level > local.maxSupportedVersion) {
    return `${who} only supports versions ${local.minSupportedVersion}-${local.maxSupportedVersion}`;
  }
  for (const [id, broker] of context.image.brokers()) {
    const reason = reasonOfNode(`Broker ${id}`, broker.features, name, level);
    if (reason !== null) return reason;
  }
  for (const [id, controller] of context.image.controllers()) {
    if (id === context.settings.nodeId) continue;
    const reason = reasonOfNode(`Controller ${id}`, controller.features, name, level);
    if (reason !== null) return reason;
  }
  return unregisteredController(context);
}

/** Of a configured controller that never registered nothing is known; in older clusters none of them does. */
function unregisteredController({ image, settings }: DecisionContext): string | null {
  if (!hasControllerRegistration(image.featureLevel(metadataVersionFeature))) return null;
  const registered = new Set([settings.nodeId, ...[...image.controllers()].map(([id]) => id)]);
  const missing = settings.configuredVoters.find((id) => !registered.has(id));
  return missing === undefined ? null : `controller ${missing} has not registered, and may not support this feature`;
}

const noVersions = { minSupportedVersion: 0, maxSupportedVersion: 0 };

function reasonOfNode(who: string, ranges: readonly SupportedRange[], name: string, level: number): string | null {
  const range = ranges.find((one) => one.name === name);
  const { minSupportedVersion: min, maxSupportedVersion: max } = range ?? noVersions;
  if (max === 0) return level === 0 ? null : `${who} does not support this feature.`;
  return level < min || level > max ? `${who} only supports versions ${min}-${max}` : null;
}

function missingDependency(
  context: DecisionContext,
  name: string,
  level: number,
  proposed: ReadonlyMap<string, number>,
): string | null {
  const needs = features.find((row) => row.name === name)?.levels[level]?.needs ?? {};
  for (const [other, least] of Object.entries(needs)) {
    const has = proposed.get(other) ?? context.image.featureLevel(other);
    if (has < least) return `${name} could not be set to ${level} because it depends on ${other} level ${least}`;
  }
  return null;
}

const minInsyncReplicas = 'min.insync.replicas';

/**
 * With ELR on, the cluster's default of min.insync.replicas decides who may lead (KIP-966): it has to be there, and
 * no broker may have one of its own.
 */
export function elrSafetyRecords(context: DecisionContext): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  if (!context.image.configs(resourceType.broker, '').has(minInsyncReplicas)) {
    const value = String(context.settings.minInsyncReplicas);
    records.push(configRecord(resourceType.broker, '', minInsyncReplicas, value));
  }
  for (const [, { type, name, values }] of context.image.allConfigs()) {
    if (type === resourceType.broker && name !== '' && values.has(minInsyncReplicas)) {
      records.push(configRecord(type, name, minInsyncReplicas, null));
    }
  }
  return records;
}
