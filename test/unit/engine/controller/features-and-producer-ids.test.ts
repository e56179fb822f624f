import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { updateFeatures } from '../../../../engine/controller/apis/57-update-features.ts';
import { allocateProducerIds } from '../../../../engine/controller/apis/67-allocate-producer-ids.ts';
import { recordKey } from '../../../../engine/metadata/metadata-record.ts';
import { DecisionFixture } from '../../../support/controller-fixture.ts';

type Update = readonly [feature: string, level: number, type: number];

const request = (updates: readonly Update[]) => ({
  timeoutMs: 1000,
  featureUpdates: updates.map(([feature, maxVersionLevel, upgradeType]) => ({
    feature,
    maxVersionLevel,
    upgradeType,
    allowDowngrade: false,
  })),
  validateOnly: false,
});

const failed = 'The update failed for all features since the following feature had an error: ';
const downgrade =
  "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.";
const lossy = 'Refusing to perform the requested downgrade because it might delete metadata information.';

/** As observed of Apache Kafka 4.3.1, node 1. */
const refusals: readonly (readonly [Update, string])[] = [
  [
    ['nofeature', 1, 1],
    'Invalid update version 1 for feature nofeature. Local controller 1 does not support this feature.',
  ],
  [
    ['metadata.version', 31, 1],
    'Invalid update version 31 for feature metadata.version. Local controller 1 only supports versions 7-30',
  ],
  [['metadata.version', 29, 1], `Invalid update version 29 for feature metadata.version. ${downgrade}`],
  [['metadata.version', 29, 2], `Unsupported metadata.version downgrade from 30 to 29. ${lossy}`],
  [
    ['metadata.version', 7, 3],
    'Unsupported metadata.version downgrade from 30 to 7. Unsafe metadata downgrade is not supported in this version.',
  ],
  [['group.version', 0, 1], `Invalid update version 0 for feature group.version. ${downgrade}`],
  [
    ['group.version', 2, 1],
    'Invalid update version 2 for feature group.version. Local controller 1 only supports versions 0-1',
  ],
  [
    ['transaction.version', 2, 9],
    'Invalid update version 2 for feature transaction.version. The controller does not support the given upgrade type.',
  ],
  [
    ['group.version', -1, 2],
    'Invalid update version -1 for feature group.version. A feature version cannot be less than 0.',
  ],
];

describe('UpdateFeatures', () => {
  for (const [update, message] of refusals) {
    it(`refuses ${update.join(' ')}`, () => {
      const { records, response } = new DecisionFixture().run(updateFeatures, 2, request([update]));
      assert.deepEqual(records, []);
      assert.deepEqual([response.errorCode, response.errorMessage], [95, failed + message]);
    });
  }

  it('sets levels, and none of them where one fails', () => {
    const fixture = new DecisionFixture();
    const both = fixture.run(
      updateFeatures,
      2,
      request([
        ['share.version', 0, 2],
        ['nofeature', 1, 1],
      ]),
    );
    assert.equal(both.response.errorCode, 95);
    assert.equal(fixture.image.committed.features.get('share.version'), 1);
    const down = fixture.run(updateFeatures, 1, request([['transaction.version', 1, 2]]));
    assert.deepEqual(down.response.results, [{ feature: 'transaction.version', errorCode: 0, errorMessage: 'NONE' }]);
    assert.equal(fixture.image.committed.features.get('transaction.version'), 1);
    fixture.run(updateFeatures, 2, request([['transaction.version', 0, 2]]));
    assert.equal(fixture.image.committed.features.has('transaction.version'), false);
  });

  it('moves the voters of a quorum into the log, where all of them support that', () => {
    const raise = (kraftVersion: number, refusal: string | null, levels: readonly Update[], validateOnly = false) => {
      const fixture = new DecisionFixture();
      const context = { ...fixture.context(2), kraftVersion, kraftUpgradeRefusal: () => refusal };
      return updateFeatures(context, { ...request(levels), validateOnly } as Parameters<typeof updateFeatures>[1]);
    };
    const raised = raise(0, null, [['kraft.version', 1, 1]]);
    assert.equal(raised.response.errorCode, 0);
    assert.equal(raised.kraftVersion, 1);
    assert.deepEqual(
      raised.records.map(({ apiKey }) => apiKey),
      [recordKey.noOp],
      'what is waited for',
    );
    const dry = raise(0, null, [['kraft.version', 1, 1]], true);
    assert.deepEqual([dry.response.errorCode, dry.kraftVersion, dry.records], [0, undefined, []]);
    assert.equal(raise(1, null, [['kraft.version', 1, 1]]).kraftVersion, undefined, 'it has it');
    const early = raise(0, 'not-supported-by-all', [['kraft.version', 1, 1]]);
    assert.deepEqual([early.response.errorCode, early.kraftVersion], [95, undefined]);
    assert.match(
      early.response.errorMessage ?? '',
      /Invalid upgrade of kraft.version to KRAFT_VERSION_1 because not all of the voters support it/,
    );
    const down = raise(1, null, [['kraft.version', 0, 2]]);
    assert.match(down.response.errorMessage ?? '', /Can't downgrade the version of this feature\.$/);
    assert.deepEqual(raise(0, null, [['kraft.version', 0, 2]]).records, []);
  });

  it('raises nothing while a configured controller has not said what it supports', () => {
    const fixture = new DecisionFixture();
    const configured: typeof updateFeatures = (context, update) =>
      updateFeatures({ ...context, settings: { ...context.settings, configuredVoters: [1, 5] } }, update);
    const { response } = fixture.run(configured, 2, request([['share.version', 1, 1]]));
    const why = 'controller 5 has not registered, and may not support this feature';
    assert.equal(response.errorMessage, `${failed}Invalid update version 1 for feature share.version. ${why}`);
  });

  it('takes every update of version 0 for an upgrade', () => {
    const refused = new DecisionFixture().run(updateFeatures, 0, request([['streams.version', 0, 2]]));
    assert.equal(
      refused.response.errorMessage,
      `${failed}Invalid update version 0 for feature streams.version. ${downgrade}`,
    );
  });
});

describe('AllocateProducerIds', () => {
  it('hands out blocks that follow on, to brokers of the right epoch', () => {
    const fixture = new DecisionFixture();
    const ask = (brokerId: number, brokerEpoch: bigint) => {
      const { response } = fixture.run(allocateProducerIds, 0, { brokerId, brokerEpoch });
      return [response.errorCode, response.producerIdStart, response.producerIdLen];
    };
    assert.deepEqual(ask(1, 7n), [0, 0n, 1000]);
    assert.deepEqual(ask(1, 7n), [0, 1000n, 1000]);
    assert.deepEqual(ask(1, 6n), [77, 0n, 0]);
    assert.deepEqual(ask(2, 7n), [77, 0n, 0]);
    assert.equal(fixture.image.committed.producerIds?.nextProducerId, 2000n);
  });
});
