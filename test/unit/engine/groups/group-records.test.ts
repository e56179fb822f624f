import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zeroUuid } from '#engine/base/brands.ts';
import { decodeGroupRecord, encodeGroupRecord, type GroupRecord } from '#engine/groups/group-records.ts';
import { ProtocolError } from '#engine/protocol/protocol-error.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';

const topicId = 'gdfPGXICRaqUhy4JFF9ESQ';
const offset = {
  offset: 5n,
  leaderEpoch: -1,
  metadata: 'm',
  commitTimestampMs: 1_795_633_891_151,
  expireTimestampMs: -1,
  topicId,
};
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Records as a node of Apache Kafka 4.3.1 wrote them. */
const written: readonly { readonly record: GroupRecord; readonly key: string; readonly value: string | null }[] = [
  {
    record: { kind: 'offset', groupId: 'simple', topic: 'a', partition: 0, value: offset },
    key: '0001 0006 73696d706c65 0001 61 00000000',
    value: '0004 0000000000000005 ffffffff 02 6d 000001a2141ec74f 01 00 10 81d7cf19720245aa94872e09145f4449',
  },
  {
    record: { kind: 'offset', groupId: 'alone', topic: 'a', partition: 0, value: null },
    key: '0001 0005 616c6f6e65 0001 61 00000000',
    value: null,
  },
  {
    record: {
      kind: 'group',
      groupId: 'alone-2',
      value: {
        protocolType: '',
        generation: 0,
        protocol: null,
        leader: null,
        currentStateTimestamp: 1_795_633_890_903n,
        members: [],
      },
    },
    key: '0002 0007 616c6f6e652d32',
    value: '0003 0000 00000000 ffff ffff 000001a2141ec657 00000000',
  },
];

test('records are written as Apache Kafka writes them', () => {
  for (const { record, key, value } of written) {
    const encoded = encodeGroupRecord(record);
    assert.equal(Buffer.from(encoded.key).toString('hex'), Buffer.from(bytesOf(key)).toString('hex'));
    assert.equal(encoded.value === null, value === null);
    if (encoded.value === null || value === null) continue;
    assert.equal(Buffer.from(encoded.value).toString('hex'), Buffer.from(bytesOf(value)).toString('hex'));
  }
});

test('what is written is read again, an expiry too', () => {
  const expiring = { ...offset, expireTimestampMs: 99, topicId: zeroUuid };
  const member = {
    memberId: 'm',
    groupInstanceId: 'i',
    clientId: 'c',
    clientHost: '/h',
    rebalanceTimeout: 1,
    sessionTimeout: 2,
    subscription: Uint8Array.of(1, 2),
    assignment: Uint8Array.of(3),
  };
  const group = { protocolType: 'consumer', generation: 3, protocol: 'p', leader: 'm', currentStateTimestamp: 5n };
  const records: GroupRecord[] = [
    ...written.map(({ record }) => record),
    { kind: 'offset', groupId: '', topic: 't', partition: 7, value: expiring },
    { kind: 'group', groupId: 'g', value: { ...group, members: [member] } },
    { kind: 'group', groupId: 'g', value: null },
  ];
  for (const record of records) {
    const { key, value } = encodeGroupRecord(record);
    assert.deepEqual(withoutTags(decodeGroupRecord(key, value)), record);
  }
});

function withoutTags<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutTags) as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const fields = Object.entries(value).filter(([field]) => field !== 'unknownTaggedFields');
  return Object.fromEntries(fields.map(([field, given]) => [field, withoutTags(given)])) as T;
}

test('older keys and values are read; records of other kinds are none of ours', () => {
  const legacy = decodeGroupRecord(
    bytesOf('0000 0001 67 0001 74 00000002'),
    bytesOf('0000 0000000000000009 0000 0000000000000001'),
  );
  assert.deepEqual(legacy, {
    kind: 'offset',
    groupId: 'g',
    topic: 't',
    partition: 2,
    value: { ...offset, offset: 9n, metadata: '', commitTimestampMs: 1, topicId: zeroUuid },
  });
  assert.equal(decodeGroupRecord(bytesOf('0003 0001 67'), null), null);
});

test('broken records are refused and nothing else', () => {
  const random = new SeededRandom(1);
  for (let run = 0; run < 5000; run++) {
    const { key, value } = written[random.below(written.length)]!;
    const broken = [bytesOf(key), value === null ? null : bytesOf(value)] as const;
    for (const bytes of broken) {
      if (bytes !== null)
        for (let n = random.below(4); n > 0; n--) bytes[random.below(bytes.length)] = random.below(256);
    }
    const cut = broken[0].subarray(0, random.oneIn(3) ? random.below(broken[0].length) : broken[0].length);
    try {
      decodeGroupRecord(cut, broken[1]);
    } catch (error) {
      assert.ok(error instanceof ProtocolError, String(error));
    }
  }
});
