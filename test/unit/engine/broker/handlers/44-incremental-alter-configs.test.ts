import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { decodeIncrementalAlterConfigsRequest } from '#engine/protocol/generated/incremental-alter-configs-request.js';
import {
  encodeIncrementalAlterConfigsResponse,
  type IncrementalAlterConfigsResponse,
} from '#engine/protocol/generated/incremental-alter-configs-response.js';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { Aborted, FakeBroker } from '../../../../support/fake-broker-services.ts';

const topic = 2;
const brokerType = 4;
const logger = 8;
const { INVALID_REQUEST, INVALID_CONFIG, POLICY_VIOLATION } = errorCode;

const resource = (resourceType: number, resourceName: string, ...names: string[]) => ({
  resourceType,
  resourceName,
  configs: names.map((name) => ({ name, configOperation: 0, value: '1' })),
});

/** A broker with id 1 whose controller answers each resource, the last one first, with POLICY_VIOLATION. */
function brokerOf(seen: string[][]): FakeBroker {
  const broker = new FakeBroker();
  broker.onForward = (body) => {
    const { resources } = decodeIncrementalAlterConfigsRequest(new Reader(body), 1);
    seen.push(resources.map(({ resourceName }) => resourceName));
    const responses = resources.map(({ resourceType, resourceName }) => ({
      errorCode: POLICY_VIOLATION,
      errorMessage: 'by the controller',
      resourceType,
      resourceName,
    }));
    const writer = new Writer();
    encodeIncrementalAlterConfigsResponse(writer, { responses: responses.reverse() }, 1);
    return writer.toBytes();
  };
  return broker;
}

async function alter(broker: FakeBroker, resources: readonly object[]) {
  const request = { resources, validateOnly: false };
  const { responses } = (await broker.call(
    apiKey.IncrementalAlterConfigs,
    1,
    request,
  )) as IncrementalAlterConfigsResponse;
  return responses.map((each) => [each.resourceName, each.errorCode, each.errorMessage]);
}

test('what the controller decides goes to it as it came', async () => {
  const seen: string[][] = [];
  const broker = brokerOf(seen);
  const resources = [resource(topic, 't', 'a'), resource(brokerType, '1', 'a'), resource(brokerType, '', 'a')];
  const answers = await alter(broker, resources);
  assert.deepEqual(seen, [['t', '1', '']]);
  assert.deepEqual(
    answers.map(([, code]) => code),
    [POLICY_VIOLATION, POLICY_VIOLATION, POLICY_VIOLATION],
  );
});

test('configs of another broker are refused here, and the rest goes to the controller, in the order of the request', async () => {
  const seen: string[][] = [];
  const broker = brokerOf(seen);
  const twice = resource(brokerType, '7', 'a');
  const answers = await alter(broker, [
    resource(topic, 't', 'a'),
    resource(brokerType, '2', 'a'),
    resource(topic, 'u', 'a'),
    resource(brokerType, 'x', 'a'),
    resource(logger, '1', 'kafka'),
    resource(brokerType, '3', 'a', 'a'),
    twice,
    twice,
  ]);
  assert.deepEqual(seen, [['t', 'u']]);
  assert.deepEqual(answers, [
    ['t', POLICY_VIOLATION, 'by the controller'],
    ['2', INVALID_REQUEST, 'Unexpected broker id, expected 1, but received 2'],
    ['u', POLICY_VIOLATION, 'by the controller'],
    ['x', INVALID_REQUEST, 'Node id must be an integer, but it is: x'],
    ['1', INVALID_CONFIG, 'Logger kafka does not exist!'],
    ['3', INVALID_REQUEST, 'Error due to duplicate config keys'],
    ['7', INVALID_REQUEST, 'Each resource must appear at most once.'],
    ['7', INVALID_REQUEST, 'Each resource must appear at most once.'],
  ]);
});

test('the controller is not asked where nothing is left for it', async () => {
  const seen: string[][] = [];
  const broker = brokerOf(seen);
  const answers = await alter(broker, [
    resource(brokerType, '2', 'a'),
    resource(logger, '1'),
    resource(logger, '2', 'a'),
  ]);
  assert.deepEqual(seen, []);
  assert.deepEqual(
    answers.map(([, code]) => code),
    [INVALID_REQUEST, 0, INVALID_REQUEST],
  );
});

test('a request that cannot be read, and one that nobody answers, cost their connection', async () => {
  const broker = brokerOf([]);
  const unreadable = await broker.sendRaw(apiKey.IncrementalAlterConfigs, 1, Buffer.from([9]));
  await unreadable.finished;
  assert.equal(unreadable.abortReason, 'malformed request');
  broker.onForward = () => null;
  await assert.rejects(alter(broker, [resource(topic, 't', 'a')]), Aborted);
  await assert.rejects(alter(broker, [resource(topic, 't', 'a'), resource(brokerType, '2', 'a')]), Aborted);
});
