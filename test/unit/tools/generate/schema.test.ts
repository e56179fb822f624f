import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emitCode } from '../../../../tools/generate/emit-code.ts';
import { fileNameOf } from '../../../../tools/generate/file-name.ts';
import { buildModel } from '../../../../tools/generate/model.ts';
import { readSchema } from '../../../../tools/generate/output.ts';
import { parseSchema, type Schema } from '../../../../tools/generate/schema.ts';
import { condition, formatVersions, parseVersions } from '../../../../tools/generate/version-range.ts';

function parse(text: string): Schema {
  const schema: Schema = { apis: [], messages: [] };
  parseSchema('folder/x.schema', text, schema);
  return schema;
}

test('a schema is read as its README says', () => {
  const { apis, messages } = parse(`# comment
api 5 Some # behind it
  listeners broker
  stable 0-2
  advertised 1-2
  forwardable

request SomeRequest versions 0-2 flexible 2+
  list []Inner 0+ nullable 1+ key ignorable = null
    text string 1+ tag 0 flexible none = "a = b"
  shared Shared 0
  struct Shared 0+
    id uuid 0+
`);
  const [message] = messages;
  assert.deepEqual([message!.kind, message!.key, message!.name, message!.source], ['request', 5, 'SomeRequest', 'x']);
  assert.deepEqual([...message!.structs.keys()], ['Inner', 'Shared']);
  const [list, shared] = message!.fields;
  assert.deepEqual([list!.type, list!.array, list!.struct, list!.default], ['Inner', true, true, 'null']);
  assert.deepEqual([list!.key, list!.ignorable, shared!.ignorable], [true, true, false]);
  assert.deepEqual(list!.nullable, { lowest: 1, highest: Number.POSITIVE_INFINITY });
  const text = message!.structs.get('Inner')!.fields[0]!;
  assert.deepEqual([text.tag, text.flexible, text.default], [0, null, '"a = b"']);
  assert.deepEqual(apis[0], {
    key: 5,
    name: 'Some',
    listeners: ['broker'],
    stable: { lowest: 0, highest: 2 },
    advertised: { lowest: 1, highest: 2 },
    withTelemetryReceiver: false,
    clusterAction: false,
    forwardable: true,
  });
});

test('what is not understood is refused, with file and line', () => {
  const head = 'data D versions 0 flexible none\n';
  const cases: readonly (readonly [text: string, message: RegExp])[] = [
    ['thing D versions 0 flexible none\n', /x\.schema:1: unknown kind/],
    ['data D versions none flexible none\n', /a message needs versions/],
    [`${head}  a int31 0+\n`, /x\.schema:2: unknown type int31/],
    [`${head}  a int32 0+ sometimes\n`, /unknown word sometimes/],
    [`${head}  a Struct 0+\n`, /no struct Struct/],
    [`${head}   a int32 0+\n`, /indent by two spaces/],
    [`${head}  a []S 0+\n    b int8 0+\n  c S2 0+\n      d int8 0+\n`, /unexpected indent/],
    [`${head}  a []S 0+\n    b int8 0+\n  c []S 0+\n    d int8 0+\n`, /S is there twice/],
    ['api 1 A\n  listeners broker\n  stable 0\n  colour blue\n', /unknown property/],
    ['api 1 A\n  listeners broker\n', /stable versions/],
  ];
  for (const [text, message] of cases) assert.throws(() => parse(text), message, text);
});

test('schemas that could not be decoded safely are refused', () => {
  const build = (text: string) => emitCode(buildModel(parse(text).messages[0]!));
  const nothing = 'data D versions 0-1 flexible none\n  a []S 0+\n    b int8 1+\n';
  assert.throws(() => build(nothing), /may take no bytes/);
  const gap = 'data D versions 0 flexible 0+\n  a int8 0+ tag 1\n';
  assert.throws(() => build(gap), /are not 0, 1, 2/);
  const early = 'data D versions 0-1 flexible 1+\n  a int8 0+ tag 0\n';
  assert.throws(() => build(early), /not flexible/);
});

test('versions', () => {
  for (const text of ['none', '3', '3+', '3-7']) assert.equal(formatVersions(parseVersions(text)), text);
  for (const text of ['', '7-3', 'x', '1-']) assert.throws(() => parseVersions(text));
  const context = { lowest: 2, highest: 9 };
  const conditions = ['none', '0-1', '0+', '2-9', '5+', '0-5', '4-6', '4'].map((text) =>
    condition(parseVersions(text), context),
  );
  assert.deepEqual(conditions, ['false', 'false', 'true', 'true', 'v >= 5', 'v <= 5', 'v >= 4 && v <= 6', 'v === 4']);
});

test('every message of Kafka 4.3 is there', () => {
  const { apis, messages } = readSchema();
  const count = (kind: string) => messages.filter((message) => message.kind === kind).length;
  assert.equal(apis.length, 89);
  assert.equal(count('request'), 89);
  assert.equal(count('response'), 89);
  assert.equal(count('metadata-record'), 26);
  assert.equal(count('coordinator-key'), 25);
  assert.equal(count('coordinator-value'), 25);
  assert.equal(count('remote-log-record'), 4);
  assert.equal(count('header'), 2);
  assert.equal(count('data'), 12);
  assert.equal(fileNameOf('ConsumerProtocolAssignment'), 'consumer-protocol-assignment');
  assert.equal(fileNameOf('KRaftVersionRecord'), 'k-raft-version-record');
});
