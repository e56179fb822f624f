import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiRow, apiTable } from '../../../../../engine/protocol/api-table.ts';
import { encodeRequestHeader } from '../../../../../engine/protocol/generated/request-header.js';
import { RequestHeaderView } from '../../../../../engine/protocol/views/request-header-view.ts';
import { Writer } from '../../../../../engine/protocol/writer.ts';

const view = new RequestHeaderView();

test('the header of every api and version', () => {
  for (const row of apiTable) {
    for (let version = row.schemaMinVersion; version <= row.schemaMaxVersion; version++) {
      for (const clientId of [null, '', 'me']) {
        const writer = new Writer();
        writer.int8(9);
        const header = { requestApiKey: row.key, requestApiVersion: version, correlationId: -7, clientId };
        encodeRequestHeader(writer, header, row.requestHeaderVersion(version));
        const bytes = writer.toBytes();
        view.open(bytes, 1, bytes.length);
        assert.equal(view.row, row);
        assert.equal(view.canRead, true);
        assert.deepEqual([view.apiKey, view.apiVersion, view.correlationId], [row.key, version, -7]);
        assert.equal(view.clientIdBytes, clientId === null ? -1 : clientId.length);
        assert.equal(view.bodyStart, bytes.length);
      }
    }
  }
});

test('an api that does not exist, and versions that cannot be read', () => {
  const header = (key: number, version: number, ...rest: number[]): Uint8Array =>
    Uint8Array.of(key >> 8, key, version >> 8, version, 0, 0, 0, 5, ...rest);
  view.open(header(999, 0), 0, 8);
  assert.equal(view.row, apiRow(999));
  assert.equal(view.canRead, false);
  assert.equal(view.correlationId, 5);
  view.open(header(0, 2, 255, 255), 0, 10);
  assert.equal(view.row, apiRow(0));
  assert.equal(view.canRead, false);
  view.open(header(18, 99, 0, 1, 65, 0, 1, 2, 3), 0, 15);
  assert.equal(view.row, apiRow(18));
  assert.equal(view.canRead, false);
  assert.equal(view.bodyStart, 12);
  assert.throws(() => view.open(header(18, 3, 0, 9, 65), 0, 11), { name: 'ProtocolError', reason: 'truncated' });
  assert.throws(() => view.open(new Uint8Array(7), 0, 7), { name: 'ProtocolError', reason: 'truncated' });
});
