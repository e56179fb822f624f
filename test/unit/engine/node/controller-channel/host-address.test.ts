import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressBytes, addressText } from '#engine/node/controller-channel/host-address.ts';

test('addresses as bytes, as java.net.InetAddress has them', () => {
  const bytes = (host: string): string | null => {
    const found = addressBytes(host);
    return found === null ? null : Buffer.from(found).toString('hex');
  };
  assert.equal(bytes('10.1.2.255'), '0a0102ff');
  assert.equal(bytes('::1'), '00000000000000000000000000000001');
  assert.equal(bytes('::'), '00000000000000000000000000000000');
  assert.equal(bytes('fe80::1:2%eth0'), 'fe800000000000000000000000010002');
  assert.equal(bytes('2001:db8:0:1:2:3:4:5'), '20010db8000000010002000300040005');
  assert.equal(bytes('::ffff:10.1.2.3'), '00000000000000000000ffff0a010203');
  const none = ['', 'localhost', '1.2.3', '1.2.3.256', '1.2.3.4.5', '1::2::3', '1:2:3', '::g', '1:2:3:4:5:6:7:8:9'];
  for (const host of [...none, '1:2:3:4:5:6:7:8::', '::1.2.3']) assert.equal(bytes(host), null, host);
});

test('bytes as addresses', () => {
  assert.equal(addressText(Uint8Array.of(10, 1, 2, 255)), '10.1.2.255');
  assert.equal(addressText(addressBytes('fe80::1')!), 'fe80:0:0:0:0:0:0:1');
  for (const length of [0, 3, 5, 15, 17]) assert.equal(addressText(new Uint8Array(length)), null);
});
