import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError } from '../../../../cli/command-error.ts';
import {
  type FeatureFlags,
  featureDependencies,
  firstLevels,
  parseFeatureLevel,
  versionMapping,
} from '../../../../cli/storage/feature-levels.ts';

const flags = (features: readonly string[], rest: Partial<FeatureFlags> = {}): FeatureFlags => ({
  release: undefined,
  isDynamic: true,
  features: features.map(parseFeatureLevel),
  ...rest,
});

function refuses(run: () => unknown, message: string | RegExp): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof CommandError, String(error));
    if (typeof message === 'string') assert.equal(error.message, message);
    else assert.match(error.message, message);
    return true;
  });
}

test('a new cluster begins with the features of its release, changed as asked', () => {
  const shown = (given: FeatureFlags) => {
    const { recorded, kraftVersion } = firstLevels(given);
    return `${recorded.map(({ name, level }) => `${name}=${level}`).join(' ')} kraft=${kraftVersion}`;
  };
  const rest = 'share.version=1 streams.version=1 transaction.version=2';
  assert.equal(
    shown(flags([])),
    `metadata.version=30 eligible.leader.replicas.version=1 group.version=1 ${rest} kraft=1`,
  );
  assert.equal(
    shown(flags(['group.version=1', 'group.version=0'])),
    `metadata.version=30 eligible.leader.replicas.version=1 ${rest} kraft=1`,
  );
  assert.equal(shown(flags([], { release: '3.8', isDynamic: false })), 'metadata.version=20 kraft=0');
  assert.equal(shown(flags(['metadata.version=20'])), 'metadata.version=20 kraft=1');
});

test('levels that cannot be are refused', () => {
  refuses(() => firstLevels(flags(['foo=1'])), /^Unsupported feature: foo\. Supported features are: eligible\./);
  refuses(() => firstLevels(flags(['group.version=9'])), 'No feature:group.version with feature level 9');
  refuses(() => firstLevels(flags(['metadata.version=31'])), 'metadata.version 4.4-IV0 is not yet stable.');
  refuses(() => firstLevels(flags(['metadata.version=6'])), /^No MetadataVersion with feature level 6\. .* 7 to 31\.$/);
  refuses(() => firstLevels(flags(['kraft.version=0'])), /^Cannot set kraft\.version to 0 if/);
  refuses(
    () => firstLevels(flags(['kraft.version=1'], { isDynamic: false })),
    /^Cannot set kraft\.version to 1 unless/,
  );
  refuses(
    () => firstLevels(flags(['eligible.leader.replicas.version=1'], { release: '3.9' })),
    'eligible.leader.replicas.version could not be set to 1 because it depends on metadata.version level 23',
  );
  refuses(() => firstLevels(flags(['metadata.version=20'], { release: '3.7' })), /^Use --release-version instead/);
  refuses(() => firstLevels(flags([], { release: '4.4-IV0' })), /^Unknown metadata\.version '4\.4-IV0'\. .*4\.3-IV0$/);
  for (const text of ['group.version', 'group.version=', 'group.version=x', 'group.version=40000']) {
    refuses(() => parseFeatureLevel(text), /^Can't parse feature=level string/);
  }
});

test('releases and dependencies are looked up', () => {
  assert.equal(versionMapping('3.9')[0], 'metadata.version=21 (3.9-IV0)');
  assert.equal(versionMapping('4.4-IV0')[0], 'metadata.version=31 (4.4-IV0)');
  refuses(() => versionMapping('4.4'), /^Unknown metadata\.version '4\.4'/);
  assert.deepEqual(featureDependencies({ name: 'eligible.leader.replicas.version', level: 1 }), [
    'eligible.leader.replicas.version=1 requires:',
    '    metadata.version=23 (4.0-IV1)',
  ]);
  refuses(() => featureDependencies({ name: 'foo', level: 1 }), 'Unknown feature: foo');
});
