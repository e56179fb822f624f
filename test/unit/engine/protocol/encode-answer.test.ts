import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeAnswer } from '../../../../engine/protocol/encode-answer.ts';
import * as createTopicsResponse from '../../../../engine/protocol/generated/create-topics-response.js';
import { ProtocolError } from '../../../../engine/protocol/protocol-error.ts';
import { Reader } from '../../../../engine/protocol/reader.ts';
import { Writer } from '../../../../engine/protocol/writer.ts';

const codec = {
  decode: createTopicsResponse.decodeCreateTopicsResponse,
  encode: createTopicsResponse.encodeCreateTopicsResponse,
};

function roundTrip(name: string, errorMessage: string): { name: string; errorMessage: string | null } {
  const writer = new Writer();
  encodeAnswer(codec, writer, { topics: [{ name, errorCode: 17, errorMessage }] }, 5);
  const [topic] = codec.decode(new Reader(writer.toBytes()), 5).topics;
  return topic!;
}

test('an answer is written as it is, unless an error message is too long for the wire', () => {
  assert.equal(roundTrip('a', 'b'.repeat(32_767)).errorMessage, 'b'.repeat(32_767));
  const { name, errorMessage } = roundTrip('n'.repeat(2000), 'b'.repeat(32_768));
  assert.equal(name, 'n'.repeat(2000));
  assert.equal(errorMessage, `${'b'.repeat(1000)}...`);
});

test('other texts that are too long cannot be written', () => {
  assert.throws(() => roundTrip('n'.repeat(32_768), 'short'), ProtocolError);
});
