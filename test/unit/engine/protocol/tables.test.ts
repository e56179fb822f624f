import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiKey, apiRow, apiTable } from '../../../../engine/protocol/api-table.ts';
import { errorCode, errorMessage, errorName, isRetriable } from '../../../../engine/protocol/errors.ts';
import {
  defaultFeatureLevel,
  featureRow,
  features,
  latestMetadataVersion,
  metadataVersionLevel,
  metadataVersionName,
  metadataVersions,
  minMetadataVersion,
} from '../../../../engine/protocol/features.ts';
import { ProtocolError } from '../../../../engine/protocol/protocol-error.ts';
import { Reader } from '../../../../engine/protocol/reader.ts';
import {
  readCoordinatorPrefix,
  readMetadataFrame,
  writeCoordinatorPrefix,
  writeMetadataFrame,
} from '../../../../engine/protocol/record-frame.ts';
import {
  unsignedVarintBytes,
  unzigzag32,
  varintBytes,
  varlongBytes,
  zigzag32,
} from '../../../../engine/protocol/varint.ts';
import { Writer } from '../../../../engine/protocol/writer.ts';

test('the api table has what a 4.3.1 broker tells of itself', () => {
  assert.equal(apiTable.length, 89);
  assert.equal(apiTable.filter((row) => row.advertised).length, 75);
  const produce = apiRow(apiKey.Produce)!;
  assert.deepEqual([produce.minVersion, produce.maxVersion, produce.schemaMinVersion], [0, 13, 3]);
  assert.equal(produce.canRead(2), false);
  assert.equal(produce.canRead(3), true);
  const initProducerId = apiRow(apiKey.InitProducerId)!;
  assert.deepEqual([initProducerId.maxVersion, initProducerId.schemaMaxVersion], [5, 6]);
  assert.deepEqual(apiRow(apiKey.Vote)!.listeners, ['controller']);
  assert.equal(apiRow(apiKey.Vote)!.advertised, false);
  assert.equal(apiRow(apiKey.PushTelemetry)!.withTelemetryReceiver, true);
  assert.equal(apiRow(apiKey.CreateTopics)!.forwardable, true);
  assert.equal(apiRow(apiKey.WriteTxnMarkers)!.clusterAction, true);
  for (const key of [-1, 4, 7, 93, 1000]) assert.equal(apiRow(key), undefined);
});

test('headers are flexible with their message, but never that of the answer to ApiVersions', () => {
  const versions = apiRow(apiKey.ApiVersions)!;
  assert.deepEqual([2, 3].map(versions.requestHeaderVersion), [1, 2]);
  assert.deepEqual([2, 3].map(versions.responseHeaderVersion), [0, 0]);
  const fetch = apiRow(apiKey.Fetch)!;
  assert.deepEqual([11, 12].map(fetch.requestHeaderVersion), [1, 2]);
  assert.deepEqual([11, 12].map(fetch.responseHeaderVersion), [0, 1]);
  const handshake = apiRow(apiKey.SaslHandshake)!;
  assert.deepEqual([handshake.requestHeaderVersion(1), handshake.responseHeaderVersion(1)], [1, 0]);
});

test('every row loads its codecs, which have its versions', async () => {
  for (const row of apiTable) {
    for (const codec of [await row.loadRequest(), await row.loadResponse()]) {
      assert.equal(codec.lowestVersion, row.schemaMinVersion, row.name);
      assert.equal(codec.highestVersion, row.schemaMaxVersion, row.name);
    }
  }
});

test('error codes: dense, named, with a text', () => {
  const names = Object.keys(errorCode) as (keyof typeof errorCode)[];
  assert.equal(names.length, 135);
  for (const name of names) {
    assert.equal(errorName(errorCode[name]), name);
    assert.equal(errorMessage(errorCode[name]) === '', name === 'NONE');
  }
  assert.equal(errorName(134), null);
  assert.equal(errorName(-2), null);
  assert.equal(errorMessage(999), errorMessage(errorCode.UNKNOWN_SERVER_ERROR));
  assert.equal(isRetriable(errorCode.NOT_LEADER_OR_FOLLOWER), true);
  assert.equal(isRetriable(errorCode.MESSAGE_TOO_LARGE), false);
  assert.equal(names.filter((name) => isRetriable(errorCode[name])).length, 32);
});

test('metadata versions have levels without gaps, and names', () => {
  for (const [index, row] of metadataVersions.entries()) assert.equal(row.level, minMetadataVersion + index);
  assert.equal(metadataVersionName(latestMetadataVersion), '4.3-IV0');
  assert.equal(metadataVersionLevel('4.3-IV0'), 30);
  assert.equal(metadataVersionLevel('3.7'), 19);
  assert.equal(metadataVersionLevel('2.8'), null);
  assert.equal(metadataVersionName(6), null);
});

test('features get the levels that a cluster formatted with a metadata version has', () => {
  const levels = (version: number) => features.map((row) => defaultFeatureLevel(row, version));
  assert.deepEqual(levels(30), [1, 2, 1, 1, 1, 1]);
  assert.deepEqual(levels(21), [1, 0, 0, 0, 0, 0]);
  assert.deepEqual(levels(24), [1, 2, 1, 0, 0, 0]);
  assert.equal(featureRow('kraft.version')?.maxLevel, 1);
  assert.equal(featureRow('no.such.version'), undefined);
});

test('record frames: frame version 1, then key and version; int16 for coordinators', () => {
  const writer = new Writer();
  writeMetadataFrame(writer, 27, 300);
  writeCoordinatorPrefix(writer, 15);
  assert.equal(Buffer.from(writer.toBytes()).toString('hex'), '011bac02000f');
  const reader = new Reader(writer.toBytes());
  assert.deepEqual(readMetadataFrame(reader), { apiKey: 27, version: 300 });
  assert.equal(readCoordinatorPrefix(reader), 15);
  assert.throws(() => readMetadataFrame(new Reader(Uint8Array.of(0, 1, 1))), ProtocolError);
  assert.throws(() => readMetadataFrame(new Reader(Uint8Array.of(1, 0x80, 0x80, 2, 0))), ProtocolError);
  assert.throws(() => readCoordinatorPrefix(new Reader(Uint8Array.of(255, 255))), ProtocolError);
});

test('sizes of varints are those that are written', () => {
  for (const value of [0, 1, 127, 128, 16384, 2 ** 21, 2 ** 28, 2 ** 31 - 1]) {
    for (const signed of [value, -value - 1]) {
      const writer = new Writer();
      writer.varint(signed);
      assert.equal(varintBytes(signed), writer.sizeBytes);
      assert.equal(unzigzag32(zigzag32(signed)), signed);
      writer.reset().varlong(BigInt(signed) * 2n ** 21n);
      assert.equal(varlongBytes(signed * 2 ** 21), writer.sizeBytes);
    }
    const writer = new Writer();
    writer.uvarint(value);
    assert.equal(unsignedVarintBytes(value), writer.sizeBytes);
  }
});
