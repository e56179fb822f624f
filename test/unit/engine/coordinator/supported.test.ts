import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openListeners, unsupported } from '../../../../engine/coordinator/supported.ts';
import { builtInProperties, parseBrokerConfig } from '../../../../engine/metadata/config/broker-config.ts';

function withProperties(changes: Readonly<Record<string, string>>): ReturnType<typeof parseBrokerConfig> {
  return parseBrokerConfig(new Map([...builtInProperties(), ...Object.entries(changes)]));
}

test('the built-in configuration asks for nothing that is lacking', () => {
  assert.deepEqual(unsupported(withProperties({})), []);
});

test('what would be dangerous to pass over in silence is named', () => {
  const secured = withProperties({
    listeners: 'SSL://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
    'advertised.listeners': 'SSL://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
    'inter.broker.listener.name': 'SSL',
    'listener.security.protocol.map': 'SSL:SSL,CONTROLLER:PLAINTEXT',
  });
  assert.match(unsupported(secured).join('; '), /listener SSL uses SSL/);
  const authorised = withProperties({
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  });
  assert.match(unsupported(authorised).join('; '), /authorizer\.class\.name/);
});

test('listeners that others can reach are known', () => {
  const config = withProperties({ listeners: 'PLAINTEXT://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093' });
  assert.deepEqual(
    openListeners(config.listeners).map(({ listener }) => listener),
    ['PLAINTEXT'],
  );
});
